import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Say } from "../hosts/boot";
import type { HostLab } from "../hosts/lab";
import type { Drill } from "./drill";
import { Unmeasurable } from "./machine";
import { addResult, readResults, verdictOf, type TrialRecord, type Verdict } from "./results";
import { runTrial } from "./run";
import { summary } from "./summary";
import { timelineSvg } from "./timeline";

/** Drills that are tried on one platform, and what came of them. */
export class Session {
  private readonly records: TrialRecord[] = [];
  public readonly failures: string[] = [];

  public constructor(
    private readonly lab: HostLab,
    private readonly versions: TrialRecord["versions"],
    private readonly file: string,
    private readonly say: Say,
  ) {}

  /** One trial, recorded. It does not throw: what fails is kept, and said at the end. */
  public async try(drill: Drill, which: string): Promise<Verdict> {
    this.say(`── ${drill.name}${which}: ${drill.breaks}`);
    try {
      const { record, sent, window } = await runTrial(this.lab, drill, this.versions, this.say);
      this.records.push(record);
      addResult(this.file, record);
      // The longest gap that any recorded trial of the drill had is the one to look at.
      const gaps = readResults(this.file).filter((one) => one.drill === drill.name);
      if (gaps.every(({ gapSeconds }) => gapSeconds <= record.gapSeconds))
        writeFileSync(join(dirname(this.file), `${drill.name}.svg`), await timelineSvg(record, sent, window.failedAt));
      return this.judge(drill, record);
    } catch (fault) {
      this.failures.push(`${drill.name}: ${(fault as Error).message}`);
      this.say(`FAILED: ${(fault as Error).stack ?? (fault as Error).message}`);
      // After the failure nothing but the platform's end of the promise is waited for: to be whole, to serve, to have done every job.
      return fault instanceof Unmeasurable ? "unmeasured" : "broken";
    }
  }

  private judge(drill: Drill, record: TrialRecord): Verdict {
    const { gapSeconds, boundSeconds, acknowledged, acknowledgedLost, broken } = record;
    const verdict = verdictOf(record);
    this.say(
      `${verdict === "kept" ? "kept" : verdict.toUpperCase()}: gap ${gapSeconds.toFixed(2)} s of ${String(boundSeconds)}, ${String(acknowledgedLost)} of ${String(acknowledged)} lost`,
    );
    for (const one of broken) this.say(`  ${one}`);
    if (verdict !== "kept") this.failures.push(`${drill.name}: ${broken.join("; ")}${verdict === "broken" ? "" : " (unmeasured: this machine has no rest)"}`);
    return verdict;
  }

  public summary(): string {
    const said =
      this.failures.length === 0
        ? `${String(this.records.length)} trials, every promise kept`
        : [`${String(this.failures.length)} FAILED:`, ...this.failures.map((one) => `  ${one}`)].join("\n");
    return `\n${summary(this.records)}\n${said}\n`;
  }
}
