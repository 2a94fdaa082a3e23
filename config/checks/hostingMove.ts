import { ownPostgresMajor } from "../ownVersions";
import type { Fault } from "../fault";
import type { Check } from "./check";

const step: Check = {
  reads: ["level", "databaseMove", "hostingMove"],
  find({ level, databaseMove, hostingMove }) {
    if (hostingMove === null) return [];
    const fault = (needed: string, fix: string): Fault[] => [{ key: "hostingMove", given: hostingMove, needed, fix }];
    if (level > 2) return fault("nothing, at level 3", "change the hosting at level 2, then go to level 3");
    if (databaseMove !== null) return fault("nothing, with databaseMove", "one move after the other: end databaseMove first");
    return [];
  },
};

/** pg_restore into an older major version is not supported (PostgreSQL's documentation, pg_dump, Notes). */
const version: Check = {
  reads: ["hosting", "hostingMove", "databaseEngineVersion"],
  find({ hosting, hostingMove, databaseEngineVersion: given }) {
    if (hosting !== "managed" || hostingMove === null || Number(given.split(".")[0]) >= ownPostgresMajor) return [];
    return [
      { key: "databaseEngineVersion", given, needed: `${String(ownPostgresMajor)}.n or later, with hostingMove`, fix: "own hosts' data are of that version" },
    ];
  },
};

/** What a change of hosting needs. */
export const hostingMoveChecks: readonly Check[] = [step, version];
