import type { Container } from "../../hosts/container";
import { httpGet } from "../../hosts/inspect";
import { primaryOf } from "../../hosts/sql";
import type { Trial } from "../trial";

/** A member of the database that is not the given one. */
export function othersThan(trial: Trial, one: Container): Container[] {
  return trial.lab.hostsOf("database").filter((host) => host.host.name !== one.host.name);
}

/** Marks when another member than the old primary says that it is the primary. */
export function watchPromotion(trial: Trial, old: Container): void {
  const { restPort } = trial.lab.blueprint.database;
  trial.watch("another member is the primary", async () => {
    const answers = await Promise.all(othersThan(trial, old).map((host) => httpGet(host, `https://${host.host.address}:${String(restPort)}/primary`)));
    return answers.some((text) => text !== "");
  });
}

/** Asks Patroni, as an operator would, to move the primary to the synchronous standby, or to the one named. Gives Patroni's refusal. */
export async function switchover(trial: Trial, from: Container, to?: Container): Promise<string | undefined> {
  const { scope } = trial.lab.blueprint.database.patroni;
  const candidate = to === undefined ? [] : ["--candidate", to.host.name];
  const command = ["patronictl", "-c", "/etc/patroni/config.yml", "switchover", scope, "--leader", from.host.name, ...candidate, "--force"];
  const { status, stdout, stderr } = await from.inside(["sh", "-c", 'set -a; . /run/bundler/database/patroni.env; exec "$@"', "sh", ...command]);
  return status === 0 ? undefined : `${stderr}${stdout}`;
}

/** The host of the primary now. */
export async function primary(trial: Trial): Promise<Container> {
  return primaryOf(trial.lab);
}
