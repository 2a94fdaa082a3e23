import assert from "node:assert/strict";
import { planHost } from "../../../hosts";
import { goodBlueprint, level3Overrides, minioOverrides } from "../../fixtures/good";
import { hostNamed } from "../../hosts/plans";
import { testCertificate } from "../certificates";
import { runCheck, runInRoot } from "../debian";
import { bootFile, checkFile } from "../relocate";

const tls = testCertificate(["api-1"], []);
const values = {
  "tls-app/ca": tls.ca,
  "tls-app/certificate": tls.certificate,
  "tls-app/privateKey": tls.privateKey,
  "redis-cache/ELASTICACHE_PASSWORD": "cachepassword",
  "database-owner/DB_PASSWORD": "ownerpassword",
};

describe("application files in Debian 13", () => {
  for (const [name, overrides] of [
    ["S3", {}],
    ["MinIO", minioOverrides],
    ["two regions", level3Overrides],
  ] as const) {
    for (const hostName of ["api-1", "worker-1"]) {
      it(`HAProxy accepts the data proxy of ${hostName} with ${name}, without a warning`, async function () {
        this.timeout(60_000);
        const blueprint = goodBlueprint(overrides);
        const plan = planHost(blueprint, hostNamed(blueprint, hostName));
        const secrets = plan.secrets.filter((secret) => secret.path.startsWith("/run/bundler/tls-app/")).map((secret) => bootFile(secret, values));
        const run = await runInRoot(
          [...plan.files, ...secrets],
          ["env", "REDIS_CACHE_PASSWORD=cachepassword", "haproxy", "-c", "-f", "/etc/haproxy/haproxy.cfg"],
        );
        assert.equal(run.status, 0, `${run.stdout}${run.stderr}`);
        assert.doesNotMatch(run.stderr, /WARNING/);
      });
    }
  }

  it("PgBouncer starts with its files, takes the application's password and knows every pool", async function () {
    this.timeout(60_000);
    const blueprint = goodBlueprint();
    const plan = planHost(blueprint, hostNamed(blueprint, "api-1"));
    const secrets = plan.secrets.filter((secret) => secret.path.startsWith("/run/bundler/pgbouncer/")).map((secret) => bootFile(secret, values));
    const expected = Object.fromEntries(
      blueprint.database.databases.flatMap(({ name }) => [
        [name, "transaction"],
        [`${name}_migrations`, "session"],
      ]),
    );
    await runCheck(
      [...plan.files, ...secrets, checkFile(".", "bench.py"), checkFile("app", "check.py")],
      ["python3", "-B", "/check/check.py", "bundler", "ownerpassword", String(blueprint.proxy.postgresPort), JSON.stringify(expected)],
    );
  });
});
