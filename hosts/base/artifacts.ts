import type { Blueprint, Host } from "../../blueprint/types";
import { minioProgram } from "../objects/paths";
import type { HostArtifact } from "../types";

/** Root of the application's monorepo, as `docs/release.md` describes it. */
export const releaseDirectory = "/opt/bundler/release";
export const nodeDirectory = "/opt/bundler/node";
export const nodeProgram = `${nodeDirectory}/bin/node`;

/** What a host fetches that Debian does not have. */
export function roleArtifacts(blueprint: Blueprint, host: Host): HostArtifact[] {
  switch (host.role) {
    case "api":
    case "worker":
      return [
        { name: "node", ...blueprint.artifacts.node, destination: nodeDirectory, unpack: "tar", mode: "0755" },
        { name: "release", ...blueprint.artifacts.release, destination: releaseDirectory, unpack: "tar", mode: "0755" },
      ];
    case "objects":
      if (blueprint.objects.minio === null) {
        throw new Error(`host ${host.name} is an objects host, and the blueprint keeps objects in ${blueprint.objects.kind}: needed objects.minio with its artifact`);
      }
      return [{ name: "minio", ...blueprint.objects.minio.artifact, destination: minioProgram, unpack: "none", mode: "0755" }];
    case "edge":
    case "database":
    case "redis":
      return [];
  }
}
