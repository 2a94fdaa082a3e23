import { appendFileSync, copyFileSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Document, type YAMLSeq } from "yaml";
import { outside } from "./network/addresses";
import type { Layout } from "./layout";

/**
 * What makes a Debian root the machine image of this cloud, as a layer over it: user data comes from the metadata service,
 * the network is there before the system starts, and the cloud's authority is trusted. On AWS the image has the like.
 */
export function makeImage(layout: Layout, root: string, authorityPem: string): void {
  rmSync(layout.image, { recursive: true, force: true });
  const file = (path: string): string => {
    const target = join(layout.image, path);
    mkdirSync(dirname(target), { recursive: true, mode: 0o755 });
    return target;
  };
  const settings = new Document({
    datasource_list: ["Ec2"],
    datasource: { Ec2: { metadata_urls: [`http://${outside.metadata}`], strict_id: false, apply_network_config: false } },
    network: { config: "disabled" },
    apt: { preserve_sources_list: true },
    // Interfaces come and go only where there is udev, which a container has not.
    updates: { network: { when: ["boot-new-instance"] } },
  });
  // cloud-init's first look at this file is a shell script's, which wants the list on one line.
  (settings.get("datasource_list") as YAMLSeq).flow = true;
  writeFileSync(file("etc/cloud/cloud.cfg.d/95-lab.cfg"), settings.toString());
  writeFileSync(file("etc/resolv.conf"), `nameserver ${outside.resolver}\noptions timeout:1 attempts:3\n`);
  // As update-ca-certificates leaves it: a file of its own, which who reads the directory takes, and a part of the bundle.
  for (const own of ["usr/local/share/ca-certificates/lab.crt", "etc/ssl/certs/lab.pem"]) writeFileSync(file(own), authorityPem);
  // What systemd does once after a change of /usr was done when the root was made.
  for (const mark of ["etc/.updated", "var/.updated"]) writeFileSync(file(mark), "");
  const bundle = "etc/ssl/certs/ca-certificates.crt";
  copyFileSync(join(root, bundle), file(bundle));
  appendFileSync(file(bundle), authorityPem);
}
