import { redisPlan } from "../../../hosts/redis/plan";
import { goodBlueprint } from "../../fixtures/good";
import { hostsWith } from "../../hosts/plans";
import { testCertificate } from "../certificates";
import { runCheck } from "../debian";
import { checkFile, relocated } from "../relocate";
import { redisPasswords, redisSecrets } from "./secrets";

describe("Redis and Sentinel files in Debian 13", () => {
  it("three hosts replicate over TLS, keep clients to their commands, fail over, and take an empty first host back as a replica", async function () {
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
      data: `/c/${host.name}${host.volumes[0]?.mountPoint ?? ""}`,
    }));
    const ports = Object.fromEntries(
      blueprint.redis.instances.flatMap((one) => [
        [one.name, one.port],
        [`sentinel-${one.name}`, one.sentinelPort],
      ]),
    );
    await runCheck(
      [...files, checkFile(".", "bench.py"), checkFile("redis", "check.py")],
      ["python3", "-B", "/check/check.py", JSON.stringify(described), JSON.stringify(ports), JSON.stringify(redisPasswords)],
    );
  });
});
