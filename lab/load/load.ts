import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { repository } from "../setup/paths";
import type { Blueprint } from "../../blueprint/types";
import { enterGroup, processesIn } from "../hosts/cgroups";
import { startDetached } from "../hosts/commands";
import type { HostLab } from "../hosts/lab";
import { namespaces } from "../hosts/network/links";
import { outsideFiles } from "../hosts/outside/start";
import { Tail } from "./tail";
import { accountsOf, defaultRates, type LoadPlan, type Rates, type Sent } from "./plan";

/** Control group of the clients: `make lab-down` ends them with everything else. */
const group = "load";
/** A request that a drill delays is answered within this, or it counts as failed. */
const patienceMilliseconds = 90_000;
const graceMilliseconds = 10_000;

/** The clients of one trial: a process in the network outside. */
export class Load {
  private readonly read: Sent[] = [];
  private readonly tail: Tail;

  private constructor(
    private readonly process: number,
    journal: string,
    public readonly accounts: readonly string[],
  ) {
    this.tail = new Tail(journal);
  }

  /** Starts the clients. They have sent nothing before this answers, and do so at their rates from then on. */
  public static start(lab: HostLab<Blueprint>, run: string, rates: Rates = defaultRates): Load {
    // Clients of a drill that was ended by a hand would go on for ever.
    for (const left of processesIn(group)) signal(left, "SIGKILL");
    const directory = join(lab.layout.directory, "load");
    mkdirSync(directory, { recursive: true });
    const plan: LoadPlan = {
      domain: lab.blueprint.domain,
      address: lab.publicAddress,
      authority: outsideFiles(lab.layout.outside).authority,
      rates,
      accounts: accountsOf(run),
      patienceMilliseconds,
      graceMilliseconds,
      journal: join(directory, `${run}.jsonl`),
    };
    rmSync(plan.journal, { force: true });
    const planFile = join(directory, `${run}.json`);
    writeFileSync(planFile, JSON.stringify(plan));
    const loader = join(repository, "node_modules/tsx/dist/cjs/index.cjs");
    const program = ["ip", "netns", "exec", namespaces.client, process.execPath, "--require", loader, join(__dirname, "main.ts"), planFile];
    const pid = startDetached("sh", ["-c", `${enterGroup(group)}; exec "$@"`, "sh", ...program], join(directory, "load.log"));
    return new Load(pid, plan.journal, plan.accounts);
  }

  /** Requests that have ended so far. */
  public ended(): Sent[] {
    this.read.push(...this.tail.lines().map((line) => JSON.parse(line) as Sent));
    return [...this.read];
  }

  /** Sends nothing more, waits for the open requests, and gives all. */
  public async stop(): Promise<Sent[]> {
    signal(this.process, "SIGTERM");
    const latest = Date.now() + patienceMilliseconds + 5000;
    while (processesIn(group).includes(this.process)) {
      if (Date.now() > latest) {
        signal(this.process, "SIGKILL");
        throw new Error("the clients do not end");
      }
      await sleep(50);
    }
    return this.ended();
  }
}

function signal(pid: number, name: "SIGTERM" | "SIGKILL"): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has ended meanwhile.
  }
}
