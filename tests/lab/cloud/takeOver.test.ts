import assert from "node:assert/strict";
import { mustText, type Properties } from "../../../lab/cloud/properties";
import { Account, refusedByCheck } from "./account";

const PARAMETER = "aws:ssm/parameter:Parameter";
const FUNCTION = "aws:lambda/function:Function";
const WEST = "us-west-2";

describe("embedded cloud: parameters", () => {
  const given: Properties = { name: "/bundler/writer", type: "String", value: "primary" };

  it("are one of a name in each region, and count their versions", () => {
    const account = new Account();
    const made = account.make(PARAMETER, given);
    assert.equal(made.properties["arn"], "arn:aws:ssm:us-east-1:123456789012:parameter/bundler/writer");
    account.refusesToMake("ParameterAlreadyExists", PARAMETER, given);
    account.make(PARAMETER, { ...given, region: WEST });
    assert.equal(account.change(PARAMETER, made, { ...given, value: "standby" })["version"], 2);
    account.delete(PARAMETER, made);
    account.make(PARAMETER, given);
  });

  it("have a name that is not AWS's own, a value, and a length by their tier", () => {
    const account = new Account();
    for (const name of ["/aws/writer", "ssm-writer", "a b", "/a".repeat(16)]) refusedByCheck(PARAMETER, { ...given, name }, "name");
    refusedByCheck(PARAMETER, { ...given, value: "" }, "value");
    refusedByCheck(PARAMETER, { ...given, type: "Text" }, "type");
    account.refusesToMake("ValidationException", PARAMETER, { ...given, value: "x".repeat(4097) });
    account.make(PARAMETER, { ...given, value: "x".repeat(4097), tier: "Advanced" });
  });
});

describe("embedded cloud: functions", () => {
  const archive = (text: string): Properties => ({ hash: "0", assets: { "index.py": { hash: "0", text } } });

  function setUp(service = "lambda.amazonaws.com"): { account: Account; given: Properties } {
    const account = new Account();
    const Statement = [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: service } }];
    const role = account.make("aws:iam/role:Role", { name: "function", assumeRolePolicy: JSON.stringify({ Version: "2012-10-17", Statement }) });
    const code = archive("def handler(_, context):\n    pass\n");
    return { account, given: { name: "take-over", role: mustText(role.properties, "arn"), runtime: "python3.13", handler: "index.handler", code } };
  }

  it("are one of a name in each region, with a role that Lambda can assume", () => {
    const { account, given } = setUp();
    const made = account.make(FUNCTION, given);
    assert.equal(made.properties["arn"], "arn:aws:lambda:us-east-1:123456789012:function:take-over");
    account.refusesToMake("ResourceConflictException", FUNCTION, given);
    account.make(FUNCTION, { ...given, region: WEST });
    const other = setUp("ec2.amazonaws.com");
    other.account.refusesToMake("InvalidParameterValueException", FUNCTION, other.given);
    account.refusesToMake("InvalidParameterValueException", FUNCTION, { ...given, name: "other", role: "arn:aws:iam::123456789012:role/nobody" });
  });

  it("have the handler that they name, and variables of their own within 4 KB", () => {
    const { account, given } = setUp();
    account.refusesToMake("InvalidParameterValueException", FUNCTION, { ...given, code: archive("def other(): pass") });
    account.refusesToMake("InvalidParameterValueException", FUNCTION, { ...given, handler: "main.handler" });
    for (const variables of [{ AWS_REGION: "x" }, { LONG: "x".repeat(4096) }])
      account.refusesToMake("InvalidParameterValueException", FUNCTION, { ...given, environment: { variables } });
    refusedByCheck(FUNCTION, { ...given, runtime: "python2.7" }, "runtime");
    refusedByCheck(FUNCTION, { ...given, timeout: 901 }, "timeout");
  });
});
