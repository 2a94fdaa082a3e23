import { databasePlan } from "../../../hosts/database/plan";
import type { SelfHostedBlueprint } from "../../../blueprint/types";
import { memberName } from "../../../hosts/database/member";
import { ownRegions } from "../../fixtures/good";
import { hostNamed, hostsWith } from "../../hosts/plans";
import { testCertificate } from "../certificates";
import { runCheck } from "../debian";
import { checkFile, relocated } from "../relocate";

/** On a small machine: the addresses and timings are the stack's, the memory is not. */
function small(blueprint: SelfHostedBlueprint): SelfHostedBlueprint {
  const parameters = { ...blueprint.database.parameters, shared_buffers: "32MB", maintenance_work_mem: "16MB", max_connections: 50 };
  // And the lag is said after three looks instead of fourteen.
  const { pair } = blueprint;
  return { ...blueprint, database: { ...blueprint.database, parameters }, pair: pair === null ? null : { ...pair, lag: { ...pair.lag, looks: 3 } } };
}

describe("two regions' database files in Debian 13", () => {
  it("one follows the other through its failover, takes over in good order and back, and without it when it is lost", async function () {
    this.timeout(900_000);
    const { primary, standby } = ownRegions();
    const regions = [small(primary), small(standby)];
    const hosts = regions.flatMap((blueprint) => blueprint.hosts.filter(({ role }) => role === "database" || role === "redis"));
    const tls = testCertificate(
      [...new Set(hosts.map(({ name }) => name))],
      hosts.map(({ address }) => address),
    );
    const values = {
      "tls-database/ca": tls.ca,
      "tls-database/certificate": tls.certificate,
      "tls-database/privateKey": tls.privateKey,
      "database-admin/superuserPassword": "superuser1",
      "database-admin/replicationPassword": "replication1",
      "database-admin/rewindPassword": "rewind1",
      "database-admin/restPassword": "rest1",
      "database-owner/DB_PASSWORD": "owner1",
    };
    const prefixOf = (blueprint: SelfHostedBlueprint, name: string): string => `/c/${blueprint.site}-${name}`;
    const members = ["db-1", "db-2"];
    const files = regions.flatMap((blueprint) =>
      members.flatMap((name) => {
        const host = hostNamed(blueprint, name);
        return relocated(databasePlan(blueprint, host), host, values, prefixOf(blueprint, name));
      }),
    );
    const byPath = [...new Map(files.map((file) => [file.path, file])).values()];
    const given = {
      regions: regions.map((blueprint) => ({
        site: blueprint.site,
        region: blueprint.region,
        members: members.map((name) => {
          const host = hostNamed(blueprint, name);
          const prefix = prefixOf(blueprint, name);
          return { name, member: memberName(blueprint, host), address: host.address, prefix, data: `${prefix}${host.volumes[0]?.mountPoint ?? ""}` };
        }),
        etcd: hostsWith(blueprint, "redis").map(({ address }) => address),
        client: hostsWith(blueprint, "worker")[0]?.address ?? "",
      })),
      ports: {
        etcd: primary.etcd.clientPort,
        rest: primary.database.restPort,
        postgres: primary.database.port,
        role: primary.database.role.port,
        reader: primary.pair?.readerPort,
      },
      lag: primary.pair?.lag,
      version: primary.database.version,
      owner: { name: "bundler", password: "owner1" },
    };
    const fake = { ...checkFile("regions", "boto3.py"), path: "/check/fake/boto3.py" };
    await runCheck(
      [...byPath, fake, checkFile(".", "bench.py"), checkFile("regions", "check.py")],
      ["python3", "-B", "/check/check.py", JSON.stringify(given)],
    );
  });
});
