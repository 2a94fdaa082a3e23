import { databasePlan } from "../../../hosts/database/plan";
import { goodBlueprint } from "../../fixtures/good";
import { hostNamed, hostsWith } from "../../hosts/plans";
import { testCertificate } from "../certificates";
import { runCheck } from "../debian";
import { checkFile, relocated } from "../relocate";

describe("database files in Debian 13", () => {
  it("Patroni takes its file; two members replicate over TLS, the agent holds them to the files, and the lost primary comes back", async function () {
    this.timeout(480_000);
    const made = goodBlueprint();
    // Two members on a small machine: the addresses and timings are the stack's, the memory is not.
    const blueprint = {
      ...made,
      database: { ...made.database, parameters: { ...made.database.parameters, shared_buffers: "64MB", maintenance_work_mem: "32MB" } },
    };
    const members = ["db-1", "db-2"].map((name) => hostNamed(blueprint, name));
    const etcd = hostsWith(blueprint, "redis");
    const subjects = [...members, ...etcd];
    const tls = testCertificate(
      subjects.map((host) => host.name),
      subjects.map((host) => host.address),
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
    const files = members.flatMap((host, index) =>
      relocated(databasePlan(blueprint, host), host, values, `/c/${host.name}`).filter((file) => index === 0 || file.path.startsWith("/c/")),
    );
    const described = members.map((host) => ({
      name: host.name,
      address: host.address,
      prefix: `/c/${host.name}`,
      data: `/c/${host.name}${host.volumes[0]?.mountPoint ?? ""}`,
    }));
    const client = hostsWith(blueprint, "worker")[0]?.address ?? "";
    await runCheck(
      [...files, checkFile(".", "bench.py"), checkFile("database", "check.py")],
      [
        "python3",
        "-B",
        "/check/check.py",
        JSON.stringify(described),
        JSON.stringify({ addresses: etcd.map((host) => host.address), port: blueprint.etcd.clientPort }),
        JSON.stringify({ rest: blueprint.database.restPort, postgres: blueprint.database.port }),
        client,
        "10.255.0.7",
        blueprint.database.version,
        JSON.stringify({ owner: "bundler", ownerPassword: "owner1" }),
      ],
    );
  });
});
