import { sharedNames, sitesOf } from "../../../blueprint/objects";
import type { Host, SelfHostedBlueprint } from "../../../blueprint/types";
import { planHost } from "../../../hosts";
import type { HostFile } from "../../../hosts/types";
import { minioArtifact } from "../../../lab/hosts/minio/build";
import { minioOverrides, ownRegions } from "../../fixtures/good";
import { hostsWith } from "../../hosts/plans";
import { testCertificate } from "../certificates";
import { runCheck } from "../debian";
import { bootFile, checkFile } from "../relocate";

const hostsOfASite = 3;

/** Three hosts of each region, which is the fewest of which one can be lost; and sites that are looked at more often. */
function small(blueprint: SelfHostedBlueprint): SelfHostedBlueprint {
  const { pair, objects } = blueprint;
  const sites = sitesOf(objects);
  if (pair === null || objects.minio === null || sites === null) throw new Error("two regions with MinIO are to be tested");
  const few = (hosts: Host[]): Host[] => hosts.filter(({ role, index }) => role !== "objects" || index <= hostsOfASite);
  return {
    ...blueprint,
    hosts: few(blueprint.hosts),
    pair: { ...pair, other: { ...pair.other, hosts: few(pair.other.hosts) } },
    objects: { ...objects, minio: { ...objects.minio, parity: 2, sites: { ...sites, pollSeconds: 2 } } },
  };
}

describe("two regions' MinIO in Debian 13", () => {
  it("are joined once, copy both ways, go on without a host, and are joined again when one was made anew", async function () {
    this.timeout(900_000);
    const { file: minio } = await minioArtifact();
    const { primary, standby } = ownRegions(minioOverrides);
    const regions = [small(primary), small(standby)];
    const hosts = regions.flatMap((blueprint) => hostsWith(blueprint, "objects"));
    const tls = testCertificate(
      [...new Set(hosts.map(({ name }) => name)), ...sharedNames(primary)],
      hosts.map(({ address }) => address),
    );
    const root: [string, string] = ["bundler-root", "root-password-1"];
    const values = {
      "tls-objects/ca": tls.ca,
      "tls-objects/certificate": tls.certificate,
      "tls-objects/privateKey": tls.privateKey,
      "objects-admin/MINIO_ROOT_USER": root[0],
      "objects-admin/MINIO_ROOT_PASSWORD": root[1],
      "objects-app/S3_ACCESS_KEY_ID": "bundler-app",
      "objects-app/S3_SECRET_ACCESS_KEY": "app-password-1",
    };
    const prefixOf = (blueprint: SelfHostedBlueprint, { name }: Host): string => `/c/${blueprint.site}-${name}`;
    const files = regions.flatMap((blueprint) =>
      hostsWith(blueprint, "objects").flatMap((host): HostFile[] => {
        const plan = planHost(blueprint, host);
        return [...plan.files, ...plan.secrets.map((secret) => bootFile(secret, values))].map((file) => ({
          ...file,
          path: `${prefixOf(blueprint, host)}${file.path}`,
        }));
      }),
    );
    const given = {
      regions: regions.map((blueprint) => ({
        site: blueprint.site,
        hosts: hostsWith(blueprint, "objects").map((host) => ({
          address: host.address,
          prefix: prefixOf(blueprint, host),
          volumes: host.volumes.map(({ mountPoint }) => mountPoint),
        })),
      })),
      port: primary.objects.minio?.port,
      bucket: primary.objects.buckets[0]?.name,
      key: ["bundler-app", "app-password-1"],
      root,
    };
    const sysusers = files.find(({ path }) => path.endsWith("/etc/sysusers.d/bundler-minio.conf"));
    if (sysusers === undefined) throw new Error("MinIO's hosts make no user");
    await runCheck(
      [{ ...sysusers, path: "/etc/sysusers.d/bundler-minio.conf" }, ...files, checkFile(".", "bench.py"), checkFile("objects", "sites.py")],
      ["python3", "-B", "/check/sites.py", JSON.stringify(given)],
      { "/opt/bundler/minio/minio": minio },
    );
  });
});
