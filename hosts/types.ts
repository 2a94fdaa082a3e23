import type { Artifact, SecretRef } from "../blueprint/types";

/** A file on a host, exactly as the host holds it. Never a secret. */
export interface HostFile {
  path: string;
  content: string;
  /** Octal, e.g. `0644`. */
  mode: string;
  /** `user:group` of the image itself: files are there before packages and their users are. */
  owner: string;
}

/** A file that the host makes at boot from Secrets Manager, on a tmpfs below `/run/bundler`. */
export interface BootSecret {
  path: string;
  mode: string;
  owner: string;
  /** Parts written in order: a secret's value, followed by a newline when it lacks one. */
  parts?: SecretRef[];
  /** Instead of `parts`: an environment file, one `NAME="value"` line each. */
  environment?: Record<string, SecretRef>;
  /** Instead of `parts`: text in which each `{name}` stands for a secret's value. */
  template?: { text: string; values: Record<string, SecretRef> };
  /** A missing secret value is an error unless optional (a container the operator has not filled yet waits, and is retried). */
  optional?: boolean;
}

/** A caller-supplied file that the host fetches, and refuses unless its SHA-256 matches. */
export interface HostArtifact extends Artifact {
  name: string;
  /** Directory that it is unpacked to, or file that it becomes. */
  destination: string;
  unpack: "tar" | "none";
  mode: string;
}

/** Everything that makes a plain Debian 13 machine into one host of the platform. */
export interface HostPlan {
  packages: string[];
  files: HostFile[];
  secrets: BootSecret[];
  artifacts?: HostArtifact[];
  /** Units enabled and started, in this order, after packages, files and secrets. */
  units: string[];
  /** Distribution units that must not run here. */
  maskedUnits: string[];
}
