import { redisPlan } from "../../../hosts/redis/plan";
import { goodBlueprint } from "../../fixtures/good";
import { hostsWith } from "../../hosts/plans";
import { testCertificate } from "../certificates";
import { runCheck } from "../debian";
import { checkFile, relocated } from "../relocate";
import { redisSecrets } from "../redis/secrets";

describe("etcd and witness files in Debian 13", () => {
  it("three members bootstrap, survive a lost disk, and three witnesses end a lost primary's lease with one member lost", async function () {
    this.timeout(300_000);
    const blueprint = goodBlueprint();
    const hosts = hostsWith(blueprint, "redis");
    const values = redisSecrets(
      testCertificate(
        hosts.map((host) => host.name),
        hosts.map((host) => host.address),
      ),
    );
    const files = hosts.flatMap((host, index) =>
      relocated(redisPlan(blueprint, host), host, values, `/c/${host.name}`).filter((file) => index === 0 || file.path.startsWith("/c/")),
    );
    const described = hosts.map((host) => ({
      name: host.name,
      address: host.address,
      prefix: `/c/${host.name}`,
      data: `/c/${host.name}${host.volumes[0]?.mountPoint ?? ""}/etcd`,
    }));
    const ports = { client: blueprint.etcd.clientPort, rest: blueprint.database.restPort, postgres: blueprint.database.port };
    const prefix = `/${blueprint.database.patroni.namespace.replaceAll("/", "")}/${blueprint.database.patroni.scope}/`;
    await runCheck(
      [...files, checkFile(".", "bench.py"), checkFile("etcd", "check.py")],
      ["python3", "-B", "/check/check.py", JSON.stringify(described), JSON.stringify(ports), prefix],
    );
  });
});
