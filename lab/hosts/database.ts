import type { Container } from "./container";
import { databaseState } from "./inspect";
import type { Blueprint } from "../../blueprint/types";
import { serverOf } from "../managed/names";
import { isManaged, isSelfHosted, type HostLab } from "./lab";

/** Rows of a statement's answer, its columns as text, asked as the superuser on a database host. Throws with PostgreSQL's words. */
export async function query(host: Container, database: string, statement: string): Promise<string[][]> {
  const { status, stdout, stderr } = await host.inside([
    ...["timeout", "60", "runuser", "-u", "postgres", "--"],
    ...[
      "psql",
      "--host=/run/postgresql",
      `--dbname=${database}`,
      "--no-psqlrc",
      "--no-align",
      "--tuples-only",
      "--set=ON_ERROR_STOP=1",
      "--field-separator=\t",
    ],
    ...["--command", statement],
  ]);
  if (status !== 0) throw new Error(`${host.host.name}, database ${database}: ${stderr.trim()}`);
  return stdout
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => line.split("\t"));
}

/** The host of the primary. Throws when there is none. */
export async function primaryOf(lab: HostLab<Blueprint>): Promise<Container> {
  if (isManaged(lab)) return serverOf(lab, "postgres");
  const leader = isSelfHosted(lab) ? (await databaseState(lab))?.leader : undefined;
  if (leader === undefined) throw new Error("the database has no primary");
  return lab.host(leader);
}

/** Asks Patroni, as an operator would, to move the primary to the synchronous standby, or to the one named. Gives Patroni's refusal. */
export async function switchover(lab: HostLab, from: Container, to?: Container): Promise<string | undefined> {
  const { scope } = lab.blueprint.database.patroni;
  const candidate = to === undefined ? [] : ["--candidate", to.host.name];
  const command = ["patronictl", "-c", "/etc/patroni/config.yml", "switchover", scope, "--leader", from.host.name, ...candidate, "--force"];
  const { status, stdout, stderr } = await from.inside(["sh", "-c", 'set -a; . /run/bundler/database/patroni.env; exec "$@"', "sh", ...command]);
  return status === 0 ? undefined : `${stderr}${stdout}`;
}
