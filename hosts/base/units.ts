import { programDirectory } from "../files";
import { unitFile } from "../systemd";

const program = (name: string): string => `/usr/bin/python3 ${programDirectory}/${name}.py /etc/bundler/${name.replace("bundler_", "")}.json`;

function once(description: string, name: string, unit: Record<string, string>): string {
  return unitFile({
    Unit: { Description: description, ...unit },
    Service: { Type: "oneshot", RemainAfterExit: "yes", ExecStart: program(name), TimeoutStartSec: "infinity" },
    Install: { WantedBy: "multi-user.target" },
  });
}

/** Mounts data volumes. What needs them comes after the secrets, which come after this. */
export const volumesService = once("Mounts this host's data volumes", "bundler_volumes", {});

/** Fetches secrets at each boot: they are on a tmpfs. Nothing starts on the root disk when a volume is missing. */
export const secretsService = once("Fetches this host's secrets", "bundler_secrets", {
  Requires: "bundler-volumes.service",
  Wants: "network-online.target",
  After: "bundler-volumes.service network-online.target",
});

/** Fetches what the operator supplies: Node, the release, MinIO. */
export const artifactsService = once("Fetches this host's artifacts", "bundler_artifacts", {
  Wants: "network-online.target",
  After: "network-online.target",
});
