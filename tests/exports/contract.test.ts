import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { isIPv4 } from "node:net";
import { join } from "node:path";
import Ajv2020, { type ValidateFunction } from "ajv/dist/2020";
import { makePlan } from "../../blueprint";
import { secretContents } from "../../blueprint/secrets";
import type { Blueprint } from "../../blueprint/types";
import { exportsJsonSchema, exportsSchema, type StackExports } from "../../exports/contract";
import { makeExports, type Deployed } from "../../exports/make";
import {
  goodBlueprint,
  goodSettings,
  level2Overrides,
  level3Overrides,
  managedBlueprint,
  managedOverrides,
  minioOverrides,
  nlbOverrides,
} from "../fixtures/good";

const file = join(__dirname, "../../docs/exports.schema.json");

function validator(): ValidateFunction {
  const ajv = new Ajv2020({ allErrors: true });
  ajv.addFormat("ipv4", isIPv4);
  ajv.addFormat("uri", (text: string) => URL.canParse(text));
  return ajv.compile(JSON.parse(readFileSync(file, "utf8")) as object);
}

const managed2 = { ...managedOverrides, level: 2 };
const managed3 = {
  ...managedOverrides,
  level: 3,
  standbyRegion: "us-west-2",
  standbyCertificateArn: "arn:aws:acm:us-west-2:123456789012:certificate/89abcdef-0123-4567-89ab-cdef01234567",
};

function given(blueprint: Blueprint): Deployed {
  const managed = blueprint.hosting === "managed";
  return {
    publicAddresses: managed ? [] : ["203.0.113.7"],
    instanceIds: Object.fromEntries(blueprint.hosts.map((host) => [host.name, `i-${host.name}`])),
    canonicalName: managed ? "edge.elb.amazonaws.com" : null,
    nameServers: [],
    endpoints: managed
      ? { redis: { cache: "cache.amazonaws.com", queues: "queues.amazonaws.com" }, database: { writer: "writer.amazonaws.com" } }
      : { redis: {}, database: {} },
    secretArns: Object.fromEntries([...secretContents(blueprint).keys()].map((secret) => [secret, `arn:of:${secret}`])),
  };
}

function blueprintOf(overrides: Record<string, unknown>): Blueprint {
  return overrides["hosting"] === "managed" ? managedBlueprint(overrides) : goodBlueprint(overrides);
}

function exported(overrides: Record<string, unknown> = {}): StackExports {
  const { primary, standby } = makePlan(goodSettings(overrides));
  return makeExports({ primary, standby }, { primary: given(primary), standby: standby === null ? null : given(standby) }, null);
}

describe("what a stack exports", () => {
  it("has its JSON Schema in docs/ as the contract says it (node --require tsx/cjs exports/schema.ts writes it)", () => {
    assert.deepEqual(JSON.parse(readFileSync(file, "utf8")), JSON.parse(JSON.stringify(exportsJsonSchema())));
  });

  for (const [name, overrides] of Object.entries({
    "level 1, self-hosted": {},
    "level 2, self-hosted": level2Overrides,
    "level 1, managed": managedOverrides,
    "level 2, managed": managed2,
    "level 3, self-hosted": level3Overrides,
    "level 3, managed": managed3,
    "with MinIO": minioOverrides,
    "with a load balancer": nlbOverrides,
  })) {
    it(`${name}: keeps the contract and its JSON Schema`, () => {
      const all = exported(overrides);
      exportsSchema.parse(all);
      const validate = validator();
      assert.ok(validate(JSON.parse(JSON.stringify(all))), JSON.stringify(validate.errors, null, 2));
    });

    it(`${name}: the application connects to the same places on every host`, () => {
      const { postgres, cache, queues, payment } = exported(overrides).services.application;
      const paymentPort = String(blueprintOf(overrides).proxy.paymentPort);
      assert.deepEqual([postgres, cache, queues, payment], ["127.0.0.1:5432", "127.0.0.1:6379", "127.0.0.1:6381", `127.0.0.1:${paymentPort}`]);
    });
  }

  it("has a second region at level 3 only, with its own hosts or groups, members and secrets", () => {
    for (const overrides of [{}, level2Overrides, managedOverrides, managed2]) assert.equal(exported(overrides).standby, null);
    for (const overrides of [level3Overrides, managed3]) {
      const { standby } = makePlan(goodSettings(overrides));
      assert.ok(standby !== null);
      const { standby: found, hosts, groups } = exported(overrides);
      assert.equal(found?.region, "us-west-2");
      assert.deepEqual([found.hosts.length > 0, found.groups.length > 0], [hosts.length > 0, groups.length > 0]);
      assert.deepEqual(
        found.hosts.map(({ name, address }) => [name, address]),
        standby.hosts.map(({ name, address }) => [name, address]),
      );
      assert.equal(found.services.database.members.length, standby.hosts.filter(({ role }) => role === "database").length);
      assert.equal(found.facts["site"], "standby");
      assert.deepEqual(Object.keys(found.secrets), Object.keys(exported(overrides).secrets));
    }
  });

  it("managed: has groups instead of hosts, and AWS's names instead of members and addresses", () => {
    for (const overrides of [managedOverrides, managed2]) {
      const blueprint = managedBlueprint(overrides);
      const { hosts, groups, endpoint, services } = exported(overrides);
      assert.deepEqual(hosts, []);
      assert.deepEqual(
        groups.map(({ name, minimum, maximum, autoScalingGroup, zones }) => [name, minimum, maximum, autoScalingGroup, zones.length]),
        blueprint.groups.map(({ name, minimum, maximum }) => [name, minimum, maximum, `bundler-level1-${name}`, 3]),
      );
      assert.deepEqual([endpoint.publicAddresses, endpoint.canonicalName], [[], "edge.elb.amazonaws.com"]);
      assert.deepEqual([services.database.members, services.redis.members, services.etcd.members, services.objects.members], [[], [], [], []]);
      assert.deepEqual([services.database.endpoints, services.redis.endpoints], [given(blueprint).endpoints.database, given(blueprint).endpoints.redis]);
      assert.deepEqual(
        services.database.databases,
        blueprint.database.databases.map(({ name }) => name),
      );
    }
  });

  it("managed: tells of every process the group that runs it", () => {
    assert.deepEqual(Object.fromEntries(exported(managedOverrides).processes.map(({ name, hosts }) => [name, hosts])), {
      "payment-service": ["api"],
      "upload-api": ["api"],
      "upload-workers": ["worker"],
      "payment-workers": ["worker"],
      "admin-dashboard": ["api"],
    });
  });

  it("managed: names no secret that only own hosts have", () => {
    assert.deepEqual(Object.keys(exported(managed2).secrets).sort(), [
      "application",
      "application-external",
      "database-owner",
      "raw-data-item-wallet",
      "redis-cache",
      "wallet",
    ]);
  });

  it("is refused by the JSON Schema with both addresses and a canonical name, or with neither", () => {
    const validate = validator();
    const all = exported(managedOverrides);
    assert.equal(validate({ ...all, endpoint: { ...all.endpoint, publicAddresses: ["203.0.113.7"] } }), false);
    assert.equal(validate({ ...all, endpoint: { ...all.endpoint, canonicalName: null } }), false);
    assert.equal(validate(all), true);
  });

  it("is refused by the JSON Schema with a field missing, added, or of another kind", () => {
    const validate = validator();
    const { facts, ...withoutFacts } = exported();
    assert.ok(typeof facts === "object");
    assert.equal(validate(withoutFacts), false);
    assert.equal(validate({ ...exported(), password: "x" }), false);
    assert.equal(validate({ ...exported(), contractVersion: 1 }), false);
    assert.equal(validate({ ...exported(), endpoint: { ...exported().endpoint, publicAddresses: [] } }), false);
  });

  it("has the same shape whatever the platform is made of", () => {
    const shape = (all: StackExports): Record<string, unknown> => ({
      top: Object.keys(all),
      services: Object.fromEntries(Object.entries(all.services).map(([service, value]) => [service, Object.keys(value)])),
      process: all.processes.map((process) => [process.name, Object.keys(process).sort()]),
      facts: Object.keys(all.facts),
    });
    assert.deepEqual(shape(exported(minioOverrides)), shape(exported()));
    assert.deepEqual(shape(exported(nlbOverrides)), shape(exported()));
    assert.deepEqual(shape(exported(level2Overrides)), shape(exported()));
    assert.deepEqual(shape(exported(level3Overrides)), shape(exported()));
    for (const overrides of [managed2, managed3]) assert.deepEqual(shape(exported(overrides)), shape(exported(managedOverrides)));
    const second = (overrides: Record<string, unknown>): string[] => Object.keys(exported(overrides).standby ?? {});
    assert.deepEqual(second(level3Overrides), second(managed3));
    // Facts are of what there is; the rest is the same whoever runs the services.
    const { facts, ...managed } = shape(exported(managedOverrides));
    const { facts: own, ...selfHosted } = shape(exported());
    assert.deepEqual(managed, selfHosted);
    assert.notDeepEqual(facts, own);
  });

  it("tells of every process its hosts, and of every secret variable the container and key", () => {
    const blueprint = goodBlueprint();
    const { processes } = exported();
    assert.deepEqual(Object.fromEntries(processes.map(({ name, hosts }) => [name, hosts])), {
      "payment-service": ["api-1", "api-2"],
      "upload-api": ["api-1", "api-2"],
      "upload-workers": ["worker-1", "worker-2"],
      "payment-workers": ["worker-1", "worker-2"],
      "admin-dashboard": ["api-1"],
    });
    for (const process of processes) {
      const source = blueprint.processes.find((one) => one.name === process.name);
      assert.ok(source !== undefined);
      assert.deepEqual(process.environment, source.environment);
      assert.deepEqual(
        Object.entries(process.secretEnvironment).map(([variable, { secretArn, key }]) => [variable, secretArn, key]),
        Object.entries(source.secretEnvironment).map(([variable, { secret, key }]) => [variable, `arn:of:${secret}`, key]),
      );
    }
  });

  it("names every secret once, with who fills it and with what", () => {
    const { secrets } = exported(minioOverrides);
    assert.deepEqual(
      Object.entries(secrets)
        .filter(([, secret]) => secret.filledBy === "operator")
        .map(([name]) => name)
        .sort(),
      ["application-external", "edge-certificate", "raw-data-item-wallet", "wallet"],
    );
    assert.equal(secrets["objects-app"]?.content, "JSON: S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY");
  });

  it("has no variable both plain and secret", () => {
    for (const process of exported(minioOverrides).processes) {
      const both = Object.keys(process.secretEnvironment).filter((variable) => variable in process.environment);
      assert.deepEqual(both, [], process.name);
    }
  });

  it("is documented, each by name", () => {
    const documented = readFileSync(join(__dirname, "../../docs/exports.md"), "utf8");
    for (const name of Object.keys(exportsSchema.shape)) assert.ok(documented.includes(`\n| \`${name}\` `), name);
  });

  it("says which id or ARN is missing", () => {
    const blueprint = goodBlueprint();
    const whole = given(blueprint);
    const { "db-2": missing, ...instanceIds } = whole.instanceIds;
    assert.equal(missing, "i-db-2");
    const make = (primary: Deployed): StackExports => makeExports({ primary: blueprint, standby: null }, { primary, standby: null }, null);
    assert.throws(() => make({ ...whole, instanceIds }), /exports: the instance id of db-2 is missing/);
    assert.throws(() => make({ ...whole, secretArns: {} }), /exports: the ARN of [a-z-]+ is missing/);
  });

  it("changes one number of the facts when one number of the config changes", () => {
    const [before, after] = [exported(), exported({ patroniTtlSeconds: 30 })];
    assert.deepEqual(after, { ...before, facts: { ...before.facts, patroni: { ...(before.facts["patroni"] as object), ttlSeconds: 30 } } });
  });
});
