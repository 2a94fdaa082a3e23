import type { Mutation } from "../mutation";

/** The embedded cloud's. */
const account = "123456789012";
const allow = (Action: string, Resource: string): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: [Action], Resource: [Resource] }] });
const trust = (Principal: unknown): string => JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal, Action: "sts:AssumeRole" }] });

/** Rows of the security group that let somebody do too much. */
export const accessMutations: readonly Mutation[] = [
  {
    what: "database hosts may do whatever there is in S3",
    stack: "level1-selfHosted",
    type: "aws:iam/rolePolicy:RolePolicy",
    name: "database-database-policy",
    change: { property: "policy", value: allow("s3:*", "arn:aws:s3:::bundler-example-com-raw-data-items/*") },
    caughtBy: "least-privilege",
  },
  {
    what: "API machines may do everything",
    stack: "level2-managed",
    type: "aws:iam/rolePolicy:RolePolicy",
    name: "app-api-policy",
    change: { property: "policy", value: allow("*", "*") },
    caughtBy: "least-privilege",
  },
  {
    what: "edge hosts may take every address of the account",
    stack: "level2-selfHosted",
    type: "aws:iam/rolePolicy:RolePolicy",
    name: "edge-edge-policy",
    change: { property: "policy", value: allow("ec2:AssociateAddress", "*") },
    caughtBy: "least-privilege",
  },
  {
    what: "whoever approves this plan approves every other",
    stack: "level3-managed",
    type: "aws:iam/rolePolicy:RolePolicy",
    name: "switch-approver-policy",
    change: { property: "policy", value: allow("arc-region-switch:ApprovePlanExecutionStep", "*") },
    caughtBy: "least-privilege",
  },
  {
    what: "workers have AWS's policy for administrators",
    stack: "level1-managed",
    type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    name: "worker-session-manager",
    change: { property: "policyArn", value: "arn:aws:iam::aws:policy/AdministratorAccess" },
    caughtBy: "least-privilege",
  },
  {
    what: "somebody wrote a role by hand that everybody may assume",
    stack: "level1-managed",
    type: "aws:iam/role:Role",
    name: "flow-logs-role",
    change: { beside: "helper", with: { name: "helper", assumeRolePolicy: trust("*") } },
    caughtBy: "roles-assumed-as-known",
  },
  {
    what: "another account may be an API machine",
    stack: "level2-managed",
    type: "aws:iam/role:Role",
    name: "app-api-role",
    change: { property: "assumeRolePolicy", value: trust({ AWS: "arn:aws:iam::210987654321:root" }) },
    caughtBy: "roles-assumed-as-known",
  },
  {
    what: "everybody approves a switch of regions",
    stack: "level3-managed",
    type: "aws:iam/role:Role",
    name: "switch-approver",
    change: { property: "assumeRolePolicy", value: trust({ AWS: "*" }) },
    caughtBy: "roles-assumed-as-known",
  },
  {
    what: "Redis hosts say that they read the wallet",
    stack: "level1-selfHosted",
    type: "ha:host:Profile",
    name: "redis-redis",
    change: { property: "secrets.0", value: "wallet" },
    caughtBy: "wallet-readers",
  },
  {
    what: "edge hosts are permitted the wallet",
    stack: "level2-selfHosted",
    type: "aws:iam/rolePolicy:RolePolicy",
    name: "edge-edge-policy",
    change: { property: "policy", value: allow("secretsmanager:Get*", `arn:aws:secretsmanager:us-east-1:${account}:secret:bundler-level2/wallet-??????`) },
    caughtBy: "wallet-readers",
  },
  {
    what: "the copies of objects are permitted the wallet's copy",
    stack: "level3-managed",
    type: "aws:iam/rolePolicy:RolePolicy",
    name: "regions-back-policy",
    change: { property: "policy", value: allow("secretsmanager:GetSecretValue", `arn:aws:secretsmanager:us-west-2:${account}:secret:bundler-level3/*`) },
    caughtBy: "wallet-readers",
  },
  {
    what: "a process is given the wallet on hosts that are no application's",
    stack: "level1-managed",
    type: "ha:platform:Platform",
    name: "bundler-level1",
    change: { property: "blueprint.processes.1.role", value: "edge" },
    caughtBy: "wallet-readers",
  },
];
