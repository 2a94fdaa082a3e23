import type { Container } from "../../hosts/container";
import { ownerOf } from "../../hosts/health";
import type { Trial } from "../trial";

/** The edge host that has the public address. */
export function addressHost(trial: Trial): Container {
  const owner = ownerOf(trial.lab);
  if (owner === undefined) throw new Error("nobody has the public address");
  return trial.lab.host(owner);
}

/** Marks when the public address is another host's. */
export function watchAddress(trial: Trial, old: Container): void {
  trial.watch("the address has moved", () => {
    const owner = ownerOf(trial.lab);
    return Promise.resolve(owner !== undefined && owner !== old.host.name);
  });
}
