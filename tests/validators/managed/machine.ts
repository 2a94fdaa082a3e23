import type { Group, ManagedBlueprint } from "../../../blueprint/types";
import { planHost } from "../../../hosts";
import { programsArchive } from "../../../hosts/app/programs";
import type { HostFile, HostPlan } from "../../../hosts/types";
import { bootFile, type SecretValues } from "../relocate";

const archivePath = "/check/programs.tar.base64";

/** A machine of a group as it is once it has booted: files, boot secrets, and the archive of the platform's programs. */
export interface BootedMachine {
  plan: HostPlan;
  files: HostFile[];
  /** Unpacks the archive where the machine has it, and then runs the program. */
  argv: (...argv: string[]) => string[];
}

/** `authority`: what the machine fetches as the authorities of the database's certificate. */
export function bootedMachine(blueprint: ManagedBlueprint, name: Group["name"], values: SecretValues, authority: string): BootedMachine {
  const group = blueprint.groups.find((one) => one.name === name);
  if (group === undefined) throw new Error(`the blueprint has no group ${name}`);
  const plan = planHost(blueprint, group);
  const { bytes, artifact } = programsArchive(blueprint);
  const file = (path: string, content: string, mode = "0644"): HostFile => ({ path, content, mode, owner: "root:root" });
  const fetched = (plan.artifacts ?? []).flatMap((one) => {
    if (one.destination === artifact.destination) return [];
    if (one.unpack === "none") return [file(one.destination, authority, one.mode)];
    return one.name === "node" ? [file(`${one.destination}/bin/node`, "#!/bin/sh\n", "0755")] : [file(`${one.destination}/unpacked`, "")];
  });
  const there = `mkdir -p ${artifact.destination} && base64 -d ${archivePath} | tar -x --no-same-owner -C ${artifact.destination} && exec "$@"`;
  return {
    plan,
    files: [...plan.files, ...plan.secrets.map((secret) => bootFile(secret, values)), ...fetched, file(archivePath, bytes.toString("base64"))],
    argv: (...argv) => ["sh", "-c", there, "sh", ...argv],
  };
}

/** A value for every secret of a managed machine. */
export function secretValues(plan: HostPlan, chosen: SecretValues): SecretValues {
  const refs = plan.secrets.flatMap((file) => [...(file.parts ?? []), ...Object.values(file.environment ?? {}), ...Object.values(file.template?.values ?? {})]);
  return { ...Object.fromEntries(refs.map(({ secret, key }) => [`${secret}/${key ?? ""}`, "a value"])), ...chosen };
}
