import type { Mutation } from "../mutation";
import { accessMutations } from "./security-access";
import { encryptionMutations } from "./security-encryption";
import { networkMutations } from "./security-network";

/** An example's: AWS documents it as one. */
const accessKey = "AKIAIOSFODNN7EXAMPLE";
const base64 = (text: string): string => Buffer.from(text).toString("base64");

export const securityMutations: readonly Mutation[] = [
  {
    what: "a database host gives credentials without a session's token",
    stack: "level1-selfHosted",
    type: "aws:ec2/launchTemplate:LaunchTemplate",
    name: "db-1-template",
    change: { property: "metadataOptions.httpTokens", value: "optional" },
    caughtBy: "imdsv2-required",
  },
  {
    what: "a container on a worker can have the worker's credentials",
    stack: "level2-managed",
    type: "aws:ec2/launchTemplate:LaunchTemplate",
    name: "worker-template",
    change: { property: "metadataOptions.httpPutResponseHopLimit", value: 2 },
    caughtBy: "imdsv2-required",
  },
  {
    what: "nobody says how the second region's API machines give credentials",
    stack: "level3-managed",
    type: "aws:ec2/launchTemplate:LaunchTemplate",
    name: "level3-b-app-api-template",
    change: { property: "metadataOptions" },
    caughtBy: "imdsv2-required",
  },
  {
    what: "an access key is in a script that machines boot with",
    stack: "level1-managed",
    type: "aws:ec2/launchTemplate:LaunchTemplate",
    name: "api-template",
    change: { property: "userData", value: base64(`#!/bin/sh\nexport AWS_ACCESS_KEY_ID=${accessKey}\n`) },
    caughtBy: "no-secret-in-user-data",
    alsoBy: ["files-as-promised"],
  },
  {
    what: "a wallet is in user data",
    stack: "level1-selfHosted",
    type: "aws:ec2/launchTemplate:LaunchTemplate",
    name: "worker-1-template",
    change: { property: "userData", value: base64(JSON.stringify({ kty: "RSA", n: "n", e: "AQAB", d: "d" }, null, 1)) },
    caughtBy: "no-secret-in-user-data",
    alsoBy: ["files-as-promised"],
  },
  {
    what: "user data is not what it should be encoded as, so that nobody knows what is in it",
    stack: "level3-managed",
    type: "aws:ec2/launchTemplate:LaunchTemplate",
    name: "level3-app-worker-template",
    change: { property: "userData", value: Buffer.from([0x1f, 0x8b, 8, 0, 1, 2, 3]).toString("base64") },
    caughtBy: "no-secret-in-user-data",
    alsoBy: ["files-as-promised"],
  },
  {
    what: "the database's password is a plain variable",
    stack: "level1-selfHosted",
    type: "ha:platform:Platform",
    name: "bundler-level1",
    change: { property: "blueprint.processes.0.environment.DB_PASSWORD", value: "x" },
    caughtBy: "no-secret-in-environment",
    alsoBy: ["files-as-promised"],
  },
  {
    what: "a plain variable has an access key",
    stack: "level2-managed",
    type: "ha:platform:Platform",
    name: "bundler-level2",
    change: { property: "blueprint.processes.1.environment.S3_ACCESS", value: accessKey },
    caughtBy: "no-secret-in-environment",
    alsoBy: ["files-as-promised"],
  },
  ...accessMutations,
  ...encryptionMutations,
  ...networkMutations,
];
