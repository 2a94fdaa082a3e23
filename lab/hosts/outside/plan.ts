import { outside } from "../network/addresses";
import type { LabPlatform } from "../platform";
import type { Certified } from "./authority";
import type { StoredFile } from "./files";
import type { Identities } from "./metadata";

/** What the process outside the hosts is started with. It holds secrets: readable by root only. */
export interface OutsidePlan {
  platform: LabPlatform;
  /** Where the platform is kept as its stack has it now: an update changes user data and permissions. */
  platformFile: string;
  identities: Identities;
  /** Values of the secrets that an operator fills, by name. */
  values: Readonly<Record<string, string>>;
  files: StoredFile[];
  awsCertificate: Certified;
  debianMirror: string;
  debianDirectory: string;
  /** Who has which Elastic IP, for people and drills. */
  ownersFile: string;
  /** Instances that said that they may go, a line each with the time in milliseconds. */
  completedFile: string;
  /** Appears when everything serves. */
  readyFile: string;
}

/** Where each service listens in the region's core. */
export const sockets = {
  metadata: `${outside.metadata}:80`,
  aws: `${outside.aws}:443`,
  debian: `${outside.debian}:80`,
  arweave: `${outside.arweave}:80`,
  arweaveTls: `${outside.arweave}:443`,
} as const;

export type SocketName = keyof typeof sockets;
export const socketNames = Object.keys(sockets) as SocketName[];

/** Names that the certificate of the services is for. */
export function certifiedNames(region: string): string[] {
  return [`*.${region}.amazonaws.com`, `*.s3.${region}.amazonaws.com`, "*.amazonaws.com", "*.s3.amazonaws.com", "arweave.net"];
}
