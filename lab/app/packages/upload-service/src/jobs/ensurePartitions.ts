import { recordEffect, type Run } from "../../../common/effects";
import { integer } from "../../../common/environment";
import { partitions, partitionStatement } from "../arch/db/partitions";
import type { JobParts } from "./parts";

/** Makes the partitions of this month and of the year to come: DDL with the application's own role, which must own the table. */
export async function ensurePartitions({ extraWriter }: JobParts, run: Run): Promise<void> {
  for (const partition of partitions(new Date(), integer("PARTITION_MONTHS_AHEAD", 12) + 1)) await extraWriter.raw(partitionStatement(partition));
  await recordEffect(extraWriter, run, run.jobId);
}
