import { hostname } from "node:os";
import type { Job } from "bullmq";
import type { Knex } from "knex";

/** The run of a job that has an effect. */
export interface Run {
  jobId: string;
  queue: string;
  /** 1 for the first start; a run after a crash or a failure has more. */
  attempt: number;
}

export function runOf(job: Job): Run {
  return { jobId: job.id ?? "", queue: job.queueName, attempt: job.attemptsStarted };
}

/**
 * Writes down that a job has had an effect on a subject, in the transaction of the effect itself: two rows of one queue and
 * subject are an effect that came twice. The application has no such table; it is the lab's only addition.
 */
export async function recordEffect(transaction: Knex, run: Run, subject: string): Promise<void> {
  await transaction("job_effect").insert({ job_id: run.jobId, queue: run.queue, attempt: run.attempt, host: hostname(), subject });
}

/** The table, for the migrations of both databases. */
export async function createEffectTable(knex: Knex): Promise<void> {
  await knex.schema.createTable("job_effect", (table) => {
    table.bigIncrements("effect_id");
    table.string("job_id").notNullable();
    table.string("queue").notNullable();
    table.string("subject").notNullable();
    table.integer("attempt").notNullable();
    table.string("host").notNullable();
    table.timestamp("at", { useTz: false }).notNullable().defaultTo(knex.fn.now());
    table.index(["queue", "subject"]);
  });
}
