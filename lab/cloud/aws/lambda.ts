import { between, list, map, matching, number, object, oneOf, text } from "../model";
import { mustText, objectAt, textAt } from "../properties";
import { Refusal } from "./fault";
import { awsModel } from "./model";
import { assumableBy } from "./policy";
import * as refer from "./references";
import { FUNCTION } from "./types";

/** The engine's key of an object that is an asset or an archive. */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const asset = () => object({ [SIGNATURE]: text(), hash: text(), text: text({ required: true }) });

/** Bytes of all environment variables together (Lambda quotas). */
const MOST_ENVIRONMENT = 4096;
/** Runtimes that take new functions (Lambda runtimes, supported), as far as one file of Python or JavaScript goes. */
const RUNTIMES = ["python3.11", "python3.12", "python3.13", "nodejs20.x", "nodejs22.x"];

/** A function of one file, `index.py` or `index.js`, that comes with the program. */
export const lambdaFunction = awsModel(
  {
    type: FUNCTION,
    noun: "Lambda Function",
    api: "Lambda",
    calls: { create: "CreateFunction", update: "UpdateFunctionConfiguration", delete: "DeleteFunction" },
    scope: "region",
    naming: { property: "name", longest: 64, clean: (name) => name.replace(/[^A-Za-z0-9-_]/g, "-") },
    inputs: {
      name: text({ replaces: true, rule: matching(/^[A-Za-z0-9-_]{1,64}$/, "expected 1 to 64 letters, digits, hyphens and _") }),
      description: text({ rule: matching(/^[^]{0,256}$/, "at most 256 characters") }),
      role: text({ required: true, refers: refer.roleByArn("InvalidParameterValueException") }),
      runtime: text({ required: true, rule: oneOf(...RUNTIMES) }),
      handler: text({ required: true, rule: matching(/^[^\s]{1,128}$/, "expected file.function, at most 128 characters") }),
      code: object(
        {
          [SIGNATURE]: text(),
          hash: text(),
          assets: object({ "index.py": asset(), "index.js": asset() }, { required: true }),
        },
        { required: true },
      ),
      timeout: number({ default: 3, rule: between(1, 900) }),
      memorySize: number({ default: 128, rule: between(128, 10_240) }),
      architectures: list(text({ rule: oneOf("x86_64", "arm64") }), { computed: true }),
      environment: object({ variables: map() }),
    },
    outputs: ["arn", "version"],
    create: ({ inputs, cloud }) => {
      const name = mustText(inputs, "name");
      if (cloud.get(FUNCTION, name) !== undefined) throw new Refusal("ResourceConflictException", `Function already exist: ${name}`);
      judge(inputs);
      if (!assumableBy(cloud, mustText(inputs, "role"), "lambda.amazonaws.com"))
        throw invalid("The role defined for the function cannot be assumed by Lambda.");
      return {
        id: name,
        outputs: { arn: cloud.arn("lambda", `function:${name}`), architectures: ["x86_64"], version: "$LATEST" },
      };
    },
    update: ({ inputs }) => {
      judge(inputs);
      return { outputs: {} };
    },
  },
  "tagged",
);

const invalid = (message: string): Refusal => new Refusal("InvalidParameterValueException", message);

function judge(inputs: Parameters<typeof mustText>[0]): void {
  const file = mustText(inputs, "runtime").startsWith("python") ? "index.py" : "index.js";
  const code = textAt(objectAt(objectAt(objectAt(inputs, "code"), "assets"), file), "text");
  const [module, name] = mustText(inputs, "handler").split(".");
  // Lambda takes such a function and says so at the first call.
  if (code === undefined || module !== "index" || name === undefined || !code.includes(name))
    throw invalid(`The handler ${mustText(inputs, "handler")} is not in ${file}`);
  const variables = objectAt(objectAt(inputs, "environment"), "variables") ?? {};
  const size = Object.entries(variables).reduce((sum, [key, value]) => sum + key.length + (typeof value === "string" ? value.length : 0), 0);
  if (size > MOST_ENVIRONMENT)
    throw invalid("Lambda was unable to configure your environment variables because the environment variables you have provided exceeded the 4KB limit.");
  const reserved = Object.keys(variables).find((key) => /^(AWS_REGION|AWS_DEFAULT_REGION|AWS_LAMBDA_.*|LAMBDA_TASK_ROOT|_HANDLER)$/.test(key));
  if (reserved !== undefined)
    throw invalid(
      `Lambda was unable to configure your environment variables because the environment variables you have provided contains reserved keys: ${reserved}`,
    );
}
