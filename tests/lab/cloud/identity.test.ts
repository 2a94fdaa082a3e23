import assert from "node:assert/strict";
import { mustText, type Properties } from "../../../lab/cloud/properties";
import { Account, NOW, profile, refusedByCheck } from "./account";

const ROLE = "aws:iam/role:Role";
const ROLE_POLICY = "aws:iam/rolePolicy:RolePolicy";
const ATTACHMENT = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";
const PROFILE = "aws:iam/instanceProfile:InstanceProfile";
const KEY = "aws:kms/key:Key";
const ALIAS = "aws:kms/alias:Alias";
const SECRET = "aws:secretsmanager/secret:Secret";
const VERSION = "aws:secretsmanager/secretVersion:SecretVersion";
const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";
const DAY = 86_400_000;

const policy = (statement: Properties): string => JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
const reading = { Effect: "Allow", Action: "s3:GetObject", Resource: "*" };

describe("embedded cloud: IAM", () => {
  it("takes a policy and refuses what IAM's grammar refuses", () => {
    const account = new Account();
    profile(account);
    const make = (written: string): Properties => ({ name: "p", role: "host", policy: written });
    account.make(ROLE_POLICY, make(policy(reading)));
    const refused = [
      JSON.stringify({ Statement: [reading] }),
      JSON.stringify({ Version: "2012-10-17", Statement: [] }),
      policy({ ...reading, Action: "GetObject" }),
      policy({ ...reading, Resource: "bucket" }),
      policy({ Effect: "Allow", Action: "s3:GetObject" }),
      policy({ ...reading, Effect: "Permit" }),
      policy({ ...reading, Principal: "*" }),
      JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          { ...reading, Sid: "a" },
          { ...reading, Sid: "a" },
        ],
      }),
    ];
    for (const written of refused) account.refusesToMake("MalformedPolicyDocument", ROLE_POLICY, { ...make(written), name: "q" });
    refusedByCheck(ROLE_POLICY, make("{"), "policy");
  });

  it("counts all inline policies of a role up to 10240 characters without white space", () => {
    const account = new Account();
    profile(account);
    const sized = (characters: number): string => policy({ ...reading, Resource: `arn:aws:s3:::${"x".repeat(characters)}` });
    account.make(ROLE_POLICY, { name: "a", role: "host", policy: sized(6000) });
    account.refusesToMake("LimitExceeded", ROLE_POLICY, { name: "b", role: "host", policy: sized(6000) });
  });

  it("wants a role that exists, a principal that exists and a name only once", () => {
    const account = new Account();
    const { role } = profile(account);
    account.refusesToMake("NoSuchEntity", ROLE_POLICY, { name: "p", role: "nobody", policy: policy(reading) });
    const trust = (principal: string): string => policy({ Effect: "Allow", Action: "sts:AssumeRole", Principal: { AWS: principal } });
    account.refusesToMake("EntityAlreadyExists", ROLE, { name: "HOST", assumeRolePolicy: trust("123456789012") });
    account.refusesToMake("MalformedPolicyDocument", ROLE, { name: "r", assumeRolePolicy: trust("arn:aws:iam::123456789012:role/nobody") });
    account.make(ROLE, { name: "r", assumeRolePolicy: trust(mustText(role.properties, "arn")) });
    account.refusesToMake("MalformedPolicyDocument", ROLE, { name: "s", assumeRolePolicy: policy(reading) });
    account.refusesToMake("NoSuchEntity", ATTACHMENT, { role: "host", policyArn: "arn:aws:iam::123456789012:policy/none" });
    account.make(ATTACHMENT, { role: "host", policyArn: "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore" });
  });

  it("keeps a role that a profile or a policy holds", () => {
    const account = new Account();
    const { role, profile: held } = profile(account);
    const inline = account.make(ROLE_POLICY, { name: "p", role: "host", policy: policy(reading) });
    const conflict = (): void => {
      account.refused("DeleteConflict", () => {
        account.delete(ROLE, role);
      });
    };
    conflict();
    account.delete(PROFILE, held);
    conflict();
    account.delete(ROLE_POLICY, inline);
    account.delete(ROLE, role);
    assert.deepEqual(account.record.everything(), []);
  });
});

describe("embedded cloud: keys, secrets and logs", () => {
  it("refuses a key policy that locks its owner out", () => {
    const account = new Account();
    const own = policy({ Effect: "Allow", Principal: { AWS: "arn:aws:iam::123456789012:root" }, Action: "kms:*", Resource: "*" });
    account.make(KEY, { policy: own });
    account.refusesToMake("MalformedPolicyDocumentException", KEY, {
      policy: policy({ Effect: "Allow", Principal: { AWS: "arn:aws:iam::123456789012:root" }, Action: "kms:Decrypt", Resource: "*" }),
    });
    refusedByCheck(KEY, { deletionWindowInDays: 3 }, "deletionWindowInDays");
  });

  it("takes an alias of a key once, and no key that is pending deletion", () => {
    const account = new Account();
    const key = account.make(KEY, {});
    account.make(ALIAS, { name: "alias/data", targetKeyId: key.id });
    account.refusesToMake("AlreadyExistsException", ALIAS, { name: "alias/data", targetKeyId: key.id });
    refusedByCheck(ALIAS, { name: "data", targetKeyId: key.id }, "name");
    account.delete(KEY, key);
    account.refusesToMake("NotFoundException", ALIAS, { name: "alias/other", targetKeyId: key.id });
  });

  it("blocks a deleted secret's name for its recovery window, and not at all without one", () => {
    const account = new Account();
    const kept = account.make(SECRET, { name: "kept", recoveryWindowInDays: 7 });
    const gone = account.make(SECRET, { name: "gone", recoveryWindowInDays: 0 });
    account.refusesToMake("ResourceExistsException", SECRET, { name: "kept" });
    account.delete(SECRET, kept);
    account.delete(SECRET, gone);
    account.make(SECRET, { name: "gone" });
    account.now = new Date(NOW.getTime() + 6 * DAY);
    account.refusesToMake("InvalidRequestException", SECRET, { name: "kept" });
    account.now = new Date(NOW.getTime() + 8 * DAY);
    account.make(SECRET, { name: "kept" });
    refusedByCheck(SECRET, { name: "with space" }, "name");
    refusedByCheck(SECRET, { name: "n", recoveryWindowInDays: 3 }, "recoveryWindowInDays");
    account.refusesToMake("InvalidRequestException", SECRET, { name: "n", kmsKeyId: "arn:aws:kms:us-east-1:123456789012:key/none" });
  });

  it("keeps one current value of a secret, of at most 65536 bytes", () => {
    const account = new Account();
    const secret = account.make(SECRET, { name: "s" });
    const first = account.make(VERSION, { secretId: secret.id, secretString: "one" });
    const second = account.make(VERSION, { secretId: secret.id, secretString: "two" });
    assert.deepEqual(second.properties["versionStages"], ["AWSCURRENT"]);
    assert.deepEqual(account.record.get(VERSION, "us-east-1", first.id)?.properties["versionStages"], ["AWSPREVIOUS"]);
    account.refusesToMake("InvalidParameterException", VERSION, { secretId: secret.id, secretString: "x".repeat(65_537) });
    account.refusesToMake("ResourceNotFoundException", VERSION, { secretId: "none", secretString: "x" });
    refusedByCheck(VERSION, { secretId: secret.id }, "secretString");
    account.delete(SECRET, secret);
    assert.equal(account.record.all(VERSION).length, 0);
  });

  it("wants a key that CloudWatch Logs may use, a known retention and a free name", () => {
    const account = new Account();
    const arn = (written?: string): string => mustText(account.make(KEY, written === undefined ? {} : { policy: written }).properties, "arn");
    const root = { Effect: "Allow", Principal: { AWS: "arn:aws:iam::123456789012:root" }, Action: "kms:*", Resource: "*" };
    const logs = { Effect: "Allow", Principal: { Service: "logs.us-east-1.amazonaws.com" }, Action: ["kms:Encrypt*", "kms:Decrypt*"], Resource: "*" };
    account.refusesToMake("InvalidParameterException", LOG_GROUP, { name: "/a", kmsKeyId: arn() });
    account.make(LOG_GROUP, { name: "/a", kmsKeyId: arn(JSON.stringify({ Version: "2012-10-17", Statement: [root, logs] })) });
    account.refusesToMake("ResourceAlreadyExistsException", LOG_GROUP, { name: "/a" });
    refusedByCheck(LOG_GROUP, { name: "/b", retentionInDays: 31 }, "retentionInDays");
  });
});
