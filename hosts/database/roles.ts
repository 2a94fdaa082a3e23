/** PostgreSQL roles that are the platform's own; the application's owners are in the blueprint. */
export const databaseRoles = {
  superuser: "postgres",
  replication: "replicator",
  rewind: "rewind_user",
} as const;

/** User of Patroni's REST interface for calls that change something. */
export const restUser = "patroni";
