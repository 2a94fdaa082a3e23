import { primaryOf, query } from "../../hosts/database";
import type { Drill } from "../drill";
import { cut, databaseWriter, heal, Writer } from "../side";
import { primary, watchPromotion } from "./databases";

export const primaryPartitioned: Drill = {
  name: "primary-partitioned",
  breaks: "The primary is cut off from all but one API host, whose clients go on writing to it.",
  failure: "database-primary-host-lost",
  measures: ["topUp", "balance"],
  failedGets: "any",
  failedPosts: "any",
  run: async (trial) => {
    const api = trial.lastOf("api");
    const host = await primary(trial);
    const writer = new Writer(api, databaseWriter);
    try {
      await writer.begun();
      await trial.wait(1);
      await trial.breaks(`${host.host.name} with ${api.host.name}: cut off`, () => cut([host, api]));
      watchPromotion(trial, host);
      await trial.served(["topUp", "balance"], 12);
    } finally {
      await heal([host, api]);
    }
    const healedAt = Date.now();
    trial.mark("the partition is healed");
    await trial.wait(3);
    const written = await writer.stop();
    await trial.settle();
    const kept = new Set((await query(await primaryOf(trial.lab), "upload_service", "select id from drill_write")).map(([id]) => id ?? ""));
    const inside = written.filter(({ at }) => at > trial.failedAt && at < healedAt);
    trial.mark(`${String(written.length)} rows acknowledged inside, ${String(inside.length)} of them after the cut`);
    trial.side = { acknowledged: written.length, lost: written.filter(({ id }) => !kept.has(id)).length, allowed: 0 };
  },
};
