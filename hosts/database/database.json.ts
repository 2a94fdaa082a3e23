import type { SelfHostedBlueprint, Host } from "../../blueprint/types";
import { patroniYmlPath, socketDirectory, tls } from "./paths";
import { databaseRoles, restUser } from "./roles";

/** Environment variable that holds the password of a role. */
export function passwordVariable(role: string): string {
  return `PASSWORD_${role.toUpperCase()}`;
}

/** Settings of the database agent on one host. */
export function databaseJson(blueprint: SelfHostedBlueprint, host: Host): string {
  const { database } = blueprint;
  const owners = [...new Set(database.databases.map((one) => one.owner))];
  const settings = {
    rest: { url: `https://${host.address}:${String(database.restPort)}`, user: restUser, passwordVariable: passwordVariable("rest") },
    tls,
    socketDirectory,
    port: database.port,
    superuser: databaseRoles.superuser,
    roles: [...Object.values(databaseRoles), ...owners].map((role) => ({ name: role, passwordVariable: passwordVariable(role) })),
    databases: database.databases,
    patroni: patroniYmlPath,
  };
  return `${JSON.stringify(settings, null, 1)}\n`;
}
