import { tlsPaths } from "../tlsCopies";

export const nodeDirectory = "/opt/bundler/node";
export const nodeProgram = `${nodeDirectory}/bin/node`;
export const releaseDirectory = "/opt/bundler/release";
export const tlsDirectory = "/run/bundler/tls-app";
export const tls = tlsPaths(tlsDirectory);
export const adminSocket = "/run/haproxy/admin.sock";
/** What is left of this host's lease, for the agent that is restarted. */
export const leasePath = "/run/bundler-singleton/lease.json";
/** Certificate and key in one file, as HAProxy wants them. */
export const combinedPath = `${tlsDirectory}/combined.pem`;
export const haproxyEnvironmentPath = "/run/bundler/haproxy.env";
export const userlistPath = "/run/bundler/pgbouncer/userlist.txt";
export const pgbouncerCaPath = "/run/bundler/pgbouncer/ca.pem";
/** Authorities of a managed database's certificate. */
export const databaseAuthorityPath = "/opt/bundler/database-authorities.pem";
export const environmentPath = (process: string): string => `/etc/bundler/processes/${process}.env`;
export const secretEnvironmentPath = (process: string): string => `/run/bundler/processes/${process}.env`;
/** The application's database password, for the platform's own programs where the database is managed. */
export const databaseEnvironmentPath = "/run/bundler/database.env";
