import type { SelfHostedBlueprint, Host } from "../../blueprint/types";
import { hostsOf } from "../dataMount";
import { firstConfiguration } from "./dynamic.json";
import { memberName } from "./member";
import { beforeStopPath, pgpassPath, socketDirectory, tls, versionDirectory } from "./paths";
import { pgHba } from "./pg_hba.conf";
import { yaml } from "../yaml";
import { databaseRoles, restUser } from "./roles";

/** Seconds before Patroni's lease ends at which the watchdog must have fired (Patroni's own default). */
const watchdogSafetyMarginSeconds = 5;

/** Patroni's file for one database host. It names no password: those are `PATRONI_*` variables, which Patroni merges over this file. */
export function patroniYml(blueprint: SelfHostedBlueprint, host: Host): string {
  const { database, etcd } = blueprint;
  const restAddress = `${host.address}:${String(database.restPort)}`;
  const remote = { sslmode: "verify-full", sslrootcert: tls.ca };
  return yaml({
    name: memberName(blueprint, host),
    scope: database.patroni.scope,
    namespace: database.patroni.namespace,
    restapi: {
      listen: restAddress,
      connect_address: restAddress,
      certfile: tls.cert,
      keyfile: tls.key,
      cafile: tls.ca,
      // Health checks come without a certificate; a call that changes something needs one, a password, and to come from a member.
      verify_client: "optional",
      authentication: { username: restUser },
      allowlist: hostsOf(blueprint, "database").map((member) => member.address),
      allowlist_include_members: true,
    },
    ctl: { cacert: tls.ca, certfile: tls.cert, keyfile: tls.key },
    etcd3: {
      hosts: hostsOf(blueprint, "redis").map((member) => `${member.address}:${String(etcd.clientPort)}`),
      protocol: "https",
      cacert: tls.ca,
      cert: tls.cert,
      key: tls.key,
    },
    bootstrap: {
      dcs: firstConfiguration(blueprint),
      initdb: [{ encoding: "UTF8" }, { locale: "C.UTF-8" }, "data-checksums"],
    },
    postgresql: {
      listen: `${host.address}:${String(database.port)}`,
      connect_address: `${host.address}:${String(database.port)}`,
      bin_dir: `/usr/lib/postgresql/${database.version}/bin`,
      data_dir: `${versionDirectory(host, database.version)}/main`,
      pgpass: pgpassPath,
      use_unix_socket: true,
      use_unix_socket_repl: true,
      authentication: {
        superuser: { username: databaseRoles.superuser, ...remote },
        replication: { username: databaseRoles.replication, ...remote },
        rewind: { username: databaseRoles.rewind, ...remote },
      },
      basebackup: [{ checkpoint: "fast" }],
      parameters: {
        unix_socket_directories: socketDirectory,
        ssl: "on",
        ssl_ca_file: tls.ca,
        ssl_cert_file: tls.cert,
        ssl_key_file: tls.key,
        ssl_min_protocol_version: "TLSv1.2",
      },
      pg_hba: pgHba(blueprint),
      before_stop: beforeStopPath,
    },
    watchdog: {
      mode: database.patroni.watchdog,
      device: "/dev/watchdog",
      safety_margin: watchdogSafetyMarginSeconds,
    },
    tags: { zone: host.zone },
  });
}
