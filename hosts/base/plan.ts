import type { Blueprint, Host, SecretRef } from "../../blueprint/types";
import { lines } from "../lines";
import { program, rootFile, settings, unit } from "../rootFile";
import type { BootSecret, HostArtifact, HostPlan, WholeHostPlan } from "../types";
import { hostsFile } from "./hosts";
import { mountUnit, mountUnitName } from "./mounts";
import { artifactsService, artifactsSettings, secretsService, secretsSettings, setupSettings, volumesService, volumesSettings } from "./units";

/** SSH listens on no host, and nobody but an operator restarts a daemon by an upgrade. */
const unwanted = ["ssh.service", "ssh.socket", "apt-daily.timer", "apt-daily-upgrade.timer", "unattended-upgrades.service"];

function unique(...lists: readonly (readonly string[])[]): string[] {
  return [...new Set(lists.flat())];
}

/** A host's whole plan, out of what its role puts on it. */
export function basePlan(blueprint: Blueprint, host: Host, role: HostPlan, artifacts: HostArtifact[]): WholeHostPlan {
  const packages = unique(["ca-certificates", "python3-boto3"], host.volumes.length > 0 ? ["xfsprogs"] : [], role.packages);
  const units = unique(
    ["bundler-secrets.service"],
    artifacts.length > 0 ? ["bundler-artifacts.service"] : [],
    host.volumes.map(mountUnitName),
    role.units,
  );
  const maskedUnits = unique(unwanted, role.maskedUnits);
  return {
    hostname: host.name,
    artifacts,
    packages,
    secrets: role.secrets,
    units,
    maskedUnits,
    files: [
      rootFile("/etc/hosts", hostsFile(blueprint)),
      rootFile("/etc/systemd/journald.conf.d/bundler.conf", lines("[Journal]", "Storage=persistent", "SystemMaxUse=1G")),
      settings(setupSettings, { packages, units, maskedUnits }),
      program(__dirname, "bundler_setup.py"),
      settings(secretsSettings, secretsOf(blueprint, role.secrets)),
      program(__dirname, "bundler_secrets.py"),
      unit("bundler-secrets.service", secretsService()),
      ...(artifacts.length === 0
        ? []
        : [
            settings(artifactsSettings, { region: blueprint.region, artifacts }),
            program(__dirname, "bundler_artifacts.py"),
            unit("bundler-artifacts.service", artifactsService()),
          ]),
      ...(host.volumes.length === 0
        ? []
        : [
            settings(volumesSettings, host.volumes.map(({ name, device }) => ({ name, device }))),
            program(__dirname, "bundler_volumes.py"),
            unit("bundler-volumes.service", volumesService()),
            ...host.volumes.map((volume) => unit(mountUnitName(volume), mountUnit(volume))),
          ]),
      ...role.files,
    ],
  };
}

/** Settings of `bundler_secrets.py`. A reference is `[secret, key, optional]`, since there are many. */
function secretsOf(blueprint: Blueprint, secrets: readonly BootSecret[]): unknown {
  const short = (ref: SecretRef): unknown[] => [ref.secret, ref.key ?? null, ...(ref.optional === true ? [true] : [])];
  const shortAll = (refs: Record<string, SecretRef>): Record<string, unknown> =>
    Object.fromEntries(Object.entries(refs).map(([name, ref]) => [name, short(ref)]));
  return {
    region: blueprint.region,
    prefix: `${blueprint.names.prefix}/`,
    files: secrets.map(({ parts, environment, template, ...rest }) => ({
      ...rest,
      ...(parts === undefined ? {} : { parts: parts.map(short) }),
      ...(environment === undefined ? {} : { environment: shortAll(environment) }),
      ...(template === undefined ? {} : { template: template.text, values: shortAll(template.values) }),
    })),
  };
}
