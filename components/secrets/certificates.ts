import * as pulumi from "@pulumi/pulumi";
import * as tls from "@pulumi/tls";
import { everyHost } from "../../blueprint/beside";
import { sharedNames } from "../../blueprint/objects";
import { otherHosts } from "../../blueprint/otherRegion";
import type { Blueprint, HostRole, SecretName } from "../../blueprint/types";
import { Component } from "../component";

export interface CertificatesArgs {
  blueprint: Blueprint;
}

interface Leaf {
  /** Hosts of these roles read the secret. */
  roles: HostRole[];
  /** A server's names its hosts. A client's does not, so that more application hosts need no new one. */
  server: boolean;
}

const leaves: Partial<Record<SecretName, Leaf>> = {
  "tls-database": { roles: ["database"], server: true },
  "tls-redis": { roles: ["redis"], server: true },
  "tls-objects": { roles: ["objects"], server: true },
  "tls-app": { roles: ["api", "worker"], server: false },
};

/** Ten years: an expired internal certificate is an outage of everything, and replacing one replaces a secret and restarts daemons by plan. */
const validityHours = 10 * 365 * 24;
/** A year before, a `pulumi up` makes new ones. */
const renewalHours = 365 * 24;

/** A private CA and one certificate per role, for server and client authentication between hosts. */
export class Certificates extends Component {
  /** Content of the `tls-*` secrets. */
  public readonly values = new Map<SecretName, pulumi.Output<string>>();

  public constructor(name: string, args: CertificatesArgs, opts: pulumi.ComponentResourceOptions) {
    super("ha:secrets:Certificates", name, opts);
    const { names } = args.blueprint;
    // The other region has the same secrets.
    const hosts = [...everyHost(args.blueprint), ...otherHosts(args.blueprint)];
    const caKey = new tls.PrivateKey(`${name}-ca-key`, { algorithm: "ECDSA", ecdsaCurve: "P256" }, { parent: this });
    const ca = new tls.SelfSignedCert(
      `${name}-ca`,
      {
        privateKeyPem: caKey.privateKeyPem,
        isCaCertificate: true,
        subject: { commonName: `${names.prefix} internal CA` },
        allowedUses: ["cert_signing", "crl_signing", "digital_signature"],
        validityPeriodHours: validityHours,
        earlyRenewalHours: renewalHours,
      },
      { parent: this },
    );
    for (const [secret, { roles, server }] of Object.entries(leaves) as [SecretName, Leaf][]) {
      const holders = hosts.filter((host) => roles.includes(host.role));
      if (server && holders.length === 0) continue;
      const key = new tls.PrivateKey(`${name}-${secret}-key`, { algorithm: "ECDSA", ecdsaCurve: "P256" }, { parent: this });
      const request = new tls.CertRequest(
        `${name}-${secret}-request`,
        {
          privateKeyPem: key.privateKeyPem,
          subject: { commonName: secret },
          ...(server
            ? {
                dnsNames: [...new Set(holders.map((host) => host.name)), ...(roles.includes("objects") ? sharedNames(args.blueprint) : []), "localhost"],
                ipAddresses: [...holders.map((host) => host.address), "127.0.0.1"],
              }
            : {}),
        },
        { parent: this },
      );
      const leaf = new tls.LocallySignedCert(
        `${name}-${secret}`,
        {
          certRequestPem: request.certRequestPem,
          caPrivateKeyPem: caKey.privateKeyPem,
          caCertPem: ca.certPem,
          allowedUses: ["digital_signature", "key_encipherment", ...(server ? ["server_auth"] : []), "client_auth"],
          validityPeriodHours: validityHours,
          earlyRenewalHours: renewalHours,
        },
        { parent: this },
      );
      const value = pulumi
        .all([ca.certPem, leaf.certPem, key.privateKeyPemPkcs8])
        .apply(([caPem, certificate, privateKey]) => JSON.stringify({ ca: caPem, certificate, privateKey }));
      this.values.set(secret, pulumi.secret(value));
    }
    this.publish({ validityHours, renewalHours });
  }
}
