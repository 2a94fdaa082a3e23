import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv2020 from "ajv/dist/2020";
import type { Blueprint } from "../../blueprint/types";
import { secretContents } from "../../blueprint/secrets";
import { exportsJsonSchema, exportsSchema } from "../../exports/contract";
import { makeExports, type Deployed } from "../../exports/make";
import { goodBlueprint, minioOverrides, nlbOverrides } from "../fixtures/good";

const read = (name: string): string => readFileSync(join(__dirname, "../../docs", name), "utf8");
const committed = JSON.parse(read("exports.schema.json")) as object;
// Formats are zod's to check.
const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(committed);

function deployed(blueprint: Blueprint): Deployed {
  return {
    publicAddresses: ["203.0.113.10"],
    instanceIds: Object.fromEntries(blueprint.hosts.map((host) => [host.name, `i-${host.name}`])),
    secretArns: Object.fromEntries([...secretContents(blueprint).keys()].map((name) => [name, `arn:aws:secretsmanager:us-east-1:1:secret:${name}`])),
  };
}

describe("exports", () => {
  it("have a JSON Schema in docs that is the contract's", () => {
    assert.deepEqual(committed, JSON.parse(JSON.stringify(exportsJsonSchema())));
  });

  it("are documented, each by name", () => {
    for (const name of Object.keys(exportsSchema.shape)) assert.ok(read("exports.md").includes(`\`${name}\``), name);
  });

  for (const [name, overrides] of [
    ["level 1", {}],
    ["with MinIO", minioOverrides],
    ["with a load balancer", nlbOverrides],
  ] as const) {
    it(`keep the schema, ${name}`, () => {
      const blueprint = goodBlueprint(overrides);
      const exported = makeExports(blueprint, deployed(blueprint));
      assert.ok(validate(JSON.parse(JSON.stringify(exported))), JSON.stringify(validate.errors));
      exportsSchema.parse(exported);
    });
  }

  it("are refused by the schema when a field is missing or one too many", () => {
    const blueprint = goodBlueprint();
    const exported = makeExports(blueprint, deployed(blueprint));
    const { endpoint, ...without } = exported;
    assert.ok(endpoint.url.length > 0);
    assert.ok(!validate({ ...exported, more: 1 }));
    assert.ok(!validate(without));
  });

  it("name secrets by ARN and never hold a value", () => {
    const blueprint = goodBlueprint();
    const { processes, secrets } = makeExports(blueprint, deployed(blueprint));
    for (const process of processes) {
      for (const [variable, reference] of Object.entries(process.secretEnvironment)) {
        assert.match(reference.secretArn, /^arn:aws:secretsmanager:/, variable);
        assert.equal(process.environment[variable], undefined, `${variable} is plain and secret`);
      }
    }
    const operators = Object.entries(secrets).filter(([, secret]) => secret.filledBy === "operator");
    assert.deepEqual(
      operators.map(([name]) => name),
      ["application-external", "wallet", "raw-data-item-wallet", "edge-certificate"],
    );
  });

  it("say which host is missing", () => {
    const blueprint = goodBlueprint();
    assert.throws(() => makeExports(blueprint, { ...deployed(blueprint), instanceIds: {} }), /the instance id of edge-1 is missing/);
  });
});
