import type { Container } from "../../hosts/container";
import { httpGet } from "../../hosts/inspect";
import { primaryOf } from "../../hosts/database";
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

/** The host of the primary now. */
export async function primary(trial: Trial): Promise<Container> {
  return primaryOf(trial.lab);
}
