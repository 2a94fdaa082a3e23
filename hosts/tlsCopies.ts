import type { SecretName } from "../blueprint/types";
import type { BootSecret } from "./types";

/** Where a daemon finds its own copy of the internal certificate. */
export interface TlsPaths {
  ca: string;
  cert: string;
  key: string;
}

/** Paths of the certificate files in `directory`. */
export function tlsPaths(directory: string): TlsPaths {
  return { ca: `${directory}/ca.pem`, cert: `${directory}/cert.pem`, key: `${directory}/key.pem` };
}

/** A daemon's own copy of its role's certificate: PostgreSQL refuses a key that anyone else may read, so daemons share none. */
export function tlsCopies(directory: string, secret: SecretName, owner: string): BootSecret[] {
  const paths = tlsPaths(directory);
  const file = (path: string, key: string): BootSecret => ({
    path,
    mode: "0600",
    owner,
    parts: [{ secret, key }],
  });
  return [file(paths.ca, "ca"), file(paths.cert, "certificate"), file(paths.key, "privateKey")];
}
