import assert from "node:assert/strict";
import type { Blueprint, Machine } from "../../blueprint/types";
import { cloudConfigText, planHost } from "../../hosts";
import type { HostFile } from "../../hosts/types";
import { goodBlueprint, managedBlueprint, minioOverrides, nlbOverrides, ownRegions } from "../fixtures/good";
import { runInRoot } from "./debian";

const acme = { certificate: "acme", acmeEmail: "operator@example.com" };
const variants: [string, Blueprint][] = [
  ["level 1", goodBlueprint()],
  ["with MinIO", goodBlueprint(minioOverrides)],
  ["with a load balancer", goodBlueprint(nlbOverrides)],
  ["with ACME", goodBlueprint(acme)],
  ["level 3, the region that waits", ownRegions().standby],
  ["managed level 1", managedBlueprint()],
  ["managed level 2", managedBlueprint({ level: 2 })],
];

const file = (path: string, content: string, mode = "0644"): HostFile => ({ path, content, mode, owner: "root:root" });
/** What artifacts bring, as far as a unit names it. */
const fetched = ["/opt/bundler/node/bin/node", "/opt/bundler/minio/minio"].map((path) => file(path, "#!/bin/sh\n", "0755"));

/** One host of each kind: others of its role differ in names and addresses. And a machine of each group. */
function kinds({ hosts, groups }: Blueprint): Machine[] {
  return [...hosts.filter((host) => host.index <= (host.role === "api" || host.role === "objects" ? 2 : 1)), ...groups];
}

for (const [name, blueprint] of variants) {
  describe(`whole hosts in Debian 13, ${name}`, () => {
    for (const host of kinds(blueprint)) {
      const plan = planHost(blueprint, host);

      it(`cloud-init accepts the cloud-config of ${host.name}`, async function () {
        this.timeout(60_000);
        const run = await runInRoot(
          [file("/check/config.yaml", cloudConfigText(blueprint, host, plan))],
          ["cloud-init", "schema", "--config-file", "/check/config.yaml"],
        );
        assert.equal(run.status, 0, `${run.stdout}${run.stderr}`);
        assert.match(run.stdout, /Valid schema/);
      });

      it(`systemd accepts every unit of ${host.name}`, async function () {
        this.timeout(60_000);
        const own = plan.files.filter((one) => /^\/etc\/systemd\/system\/[^/]+\.(service|timer)$/.test(one.path)).map((one) => one.path.split("/").pop() ?? "");
        const units = [...new Set([...plan.units, ...own])].filter((unit) => !plan.maskedUnits.includes(unit));
        assert.ok(units.length > 2);
        const run = await runInRoot([...plan.files, ...fetched], ["systemd-analyze", "verify", "--man=no", ...units]);
        assert.equal(run.status, 0, `${run.stdout}${run.stderr}`);
      });

      it(`Python and the shell accept the programs of ${host.name}`, async function () {
        this.timeout(60_000);
        const python = plan.files.filter((one) => one.path.endsWith(".py"));
        const shell = plan.files.filter((one) => one.content.startsWith("#!/bin/sh"));
        assert.ok(python.length >= 3);
        const compiled = await runInRoot(plan.files, ["python3", "-m", "py_compile", ...python.map((one) => one.path)]);
        assert.equal(compiled.status, 0, compiled.stderr);
        const checked = await runInRoot(plan.files, ["shellcheck", ...shell.map((one) => one.path)]);
        assert.equal(checked.status, 0, checked.stdout);
      });
    }
  });
}
