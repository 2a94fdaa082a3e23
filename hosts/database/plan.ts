import type { SelfHostedBlueprint, Host, SecretRef } from "../../blueprint/types";
import { programText } from "../program";
import { tlsCopies } from "../tlsCopies";
import { rootFile } from "../files";
import { healthPlan, healthProgram } from "../health/units";
import type { HostPlan } from "../types";
import { databaseJson, passwordVariable } from "./database.json";
import {
  agentPath,
  beforeStopPath,
  healthPath,
  patroniEnvironmentPath,
  patroniYmlPath,
  rolePath,
  rolesEnvironmentPath,
  roleSettingsPath,
  roomPath,
  roomSettingsPath,
  settingsPath,
  tls,
  tlsDirectory,
} from "./paths";
import { patroniYml } from "./patroni.yml";
import { regionPlan } from "./region";
import { beforeStop } from "./beforeStop";
import { roleJson, roomJson } from "./role.json";
import { databaseRoles } from "./roles";
import { databasesService, databasesTimer, patroniService, roleService, roomService } from "./units";

const agent = programText(__dirname, "database_agent.py");
const role = programText(__dirname, "bundler_role.py");
const room = programText(__dirname, "bundler_room.py");

/** Role name → the secret that holds its password. */
function passwords(blueprint: SelfHostedBlueprint): Record<string, SecretRef> {
  const owners = blueprint.database.databases.map((database) => [database.owner, { secret: "database-owner", key: "DB_PASSWORD" }] as const);
  return {
    [databaseRoles.superuser]: { secret: "database-admin", key: "superuserPassword" },
    [databaseRoles.replication]: { secret: "database-admin", key: "replicationPassword" },
    [databaseRoles.rewind]: { secret: "database-admin", key: "rewindPassword" },
    ...Object.fromEntries(owners),
  };
}

/** Everything on a database host above the base: PostgreSQL under Patroni, and the agent that holds the cluster to its files. */
export function databasePlan(blueprint: SelfHostedBlueprint, host: Host): HostPlan {
  const restPassword: SecretRef = { secret: "database-admin", key: "restPassword" };
  // A Patroni whose loop has stopped is no longer in its cluster, though its PostgreSQL may take writes that nobody confirms.
  const alive = `https://${host.address}:${String(blueprint.database.restPort)}/liveness`;
  const health = healthPlan([{ name: "patroni", url: alive, authority: tls.ca }], healthPath);
  const region = regionPlan(blueprint, host);
  const roles = Object.entries(passwords(blueprint)).map(([role, ref]) => [passwordVariable(role), ref] as const);
  return {
    packages: [
      `postgresql-${blueprint.database.version}`,
      `postgresql-client-${blueprint.database.version}`,
      "patroni",
      // Without it Debian's Patroni has no etcd at all, neither API.
      "python3-etcd",
      "kmod",
      "python3-psycopg2",
    ],
    files: [
      // Debian would make and start a cluster of its own while the package is installed.
      rootFile("/etc/postgresql-common/createcluster.conf", "create_main_cluster = false\n"),
      rootFile(patroniYmlPath, patroniYml(blueprint, host)),
      rootFile(settingsPath, databaseJson(blueprint, host)),
      rootFile(agentPath, agent),
      rootFile("/etc/systemd/system/patroni.service", patroniService(blueprint, host)),
      rootFile(roleSettingsPath, roleJson(blueprint, host)),
      rootFile(rolePath, role),
      rootFile(beforeStopPath, beforeStop(blueprint), { mode: "0755" }),
      rootFile("/etc/systemd/system/bundler-role.service", roleService()),
      rootFile(roomSettingsPath, roomJson(blueprint, host)),
      rootFile(roomPath, room),
      rootFile("/etc/systemd/system/bundler-room.service", roomService(blueprint, host)),
      rootFile("/etc/systemd/system/bundler-databases.service", databasesService()),
      rootFile("/etc/systemd/system/bundler-databases.timer", databasesTimer()),
      rootFile(healthPath, healthProgram.content),
      ...health.files,
      ...region.files,
    ],
    secrets: [
      ...tlsCopies(tlsDirectory, "tls-database", "postgres:postgres"),
      {
        path: patroniEnvironmentPath,
        mode: "0600",
        owner: "root:root",
        environment: {
          PATRONI_SUPERUSER_PASSWORD: { secret: "database-admin", key: "superuserPassword" },
          PATRONI_REPLICATION_PASSWORD: { secret: "database-admin", key: "replicationPassword" },
          PATRONI_REWIND_PASSWORD: { secret: "database-admin", key: "rewindPassword" },
          PATRONI_RESTAPI_PASSWORD: restPassword,
        },
      },
      {
        path: rolesEnvironmentPath,
        mode: "0600",
        owner: "root:root",
        environment: Object.fromEntries([...roles, [passwordVariable("rest"), restPassword] as const]),
      },
    ],
    units: ["patroni.service", "bundler-role.service", "bundler-databases.timer", "bundler-room.service", ...health.units, ...region.units],
    maskedUnits: ["postgresql.service"],
  };
}
