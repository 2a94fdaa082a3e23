import assert from "node:assert/strict";
import { cidrOf, contains, parseCidr } from "../../config/cidr";
import type { HostRole } from "../../blueprint/types";
import { goodBlueprint, minioOverrides } from "../fixtures/good";

function zonesOf(role: HostRole, overrides: Record<string, unknown> = {}): string[] {
  return goodBlueprint(overrides)
    .hosts.filter((host) => host.role === role)
    .map((host) => host.zone.slice(-1));
}

describe("hosts of level 1", () => {
  it("stand in zones so that a zone takes no role with it", () => {
    assert.deepEqual(zonesOf("edge"), ["a", "b"]);
    assert.deepEqual(zonesOf("api"), ["a", "b"]);
    assert.deepEqual(zonesOf("worker"), ["a", "b"]);
    assert.deepEqual(zonesOf("database"), ["a", "b", "c"]);
    assert.deepEqual(zonesOf("redis"), ["a", "b", "c"]);
    assert.deepEqual(zonesOf("objects"), []);
    assert.deepEqual(zonesOf("objects", minioOverrides), ["a", "b", "c", "a", "b", "c"]);
  });

  it("have names and addresses that say role and index", () => {
    const named = goodBlueprint(minioOverrides).hosts.map((host) => `${host.name} ${host.address}`);
    assert.deepEqual(named, [
      "edge-1 10.20.0.11",
      "edge-2 10.20.16.12",
      "api-1 10.20.64.21",
      "api-2 10.20.80.22",
      "worker-1 10.20.64.31",
      "worker-2 10.20.80.32",
      "db-1 10.20.128.41",
      "db-2 10.20.144.42",
      "db-3 10.20.160.43",
      "redis-1 10.20.128.51",
      "redis-2 10.20.144.52",
      "redis-3 10.20.160.53",
      "minio-1 10.20.128.61",
      "minio-2 10.20.144.62",
      "minio-3 10.20.160.63",
      "minio-4 10.20.128.64",
      "minio-5 10.20.144.65",
      "minio-6 10.20.160.66",
    ]);
  });

  it("have distinct addresses, each in the subnet of its zone and tier, also in the largest stack", () => {
    const largest = {
      ...minioOverrides,
      minioHosts: 9,
      minioDrivesPerHost: 1,
      minioParity: 4,
      edgeHosts: 9,
      apiHosts: 9,
      workerHosts: 9,
      zones: ["us-east-1a", "us-east-1b", "us-east-1c", "us-east-1d"],
      databaseHosts: 4,
      redisHosts: 7,
      databaseMaxConnections: 2000,
    };
    for (const overrides of [{}, largest]) {
      const { hosts, network } = goodBlueprint(overrides);
      assert.equal(new Set(hosts.map((host) => host.address)).size, hosts.length);
      for (const host of hosts) {
        const zone = network.zones.find((candidate) => candidate.name === host.zone);
        const address = parseCidr(`${host.address}/32`);
        assert.ok(zone !== undefined && address !== null);
        assert.ok(contains(cidrOf(zone.cidrs[host.tier]), address), `${host.name} ${host.address}`);
      }
    }
  });

  it("run the processes of their role, and the dashboard once", () => {
    const byName = Object.fromEntries(goodBlueprint().hosts.map((host) => [host.name, host.processes]));
    assert.deepEqual(byName["api-1"], ["payment-service", "upload-api", "admin-dashboard"]);
    assert.deepEqual(byName["api-2"], ["payment-service", "upload-api"]);
    assert.deepEqual(byName["worker-1"], ["upload-workers", "payment-workers"]);
    assert.deepEqual(byName["worker-2"], ["upload-workers", "payment-workers"]);
    assert.deepEqual(byName["db-1"], []);
  });

  it("keep their data on volumes of their own, each with its own device", () => {
    const { hosts } = goodBlueprint({ ...minioOverrides, databaseVolumeGib: 500 });
    const volumes = (name: string) => hosts.find((host) => host.name === name)?.volumes ?? [];
    assert.deepEqual(
      volumes("db-2").map((volume) => [volume.mountPoint, volume.sizeGib]),
      [["/var/lib/postgresql", 500]],
    );
    assert.deepEqual(
      volumes("redis-1").map((volume) => volume.mountPoint),
      ["/srv/data"],
    );
    assert.deepEqual(
      volumes("minio-1").map((volume) => volume.device),
      ["/dev/sdf", "/dev/sdg"],
    );
    assert.deepEqual(volumes("api-1"), []);
  });
});
