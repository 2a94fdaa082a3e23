import { existsSync, readFileSync } from "node:fs";
import { debianRoot } from "../../debian/root";
import type { Container } from "../../hosts/container";
import { primaryOf, query } from "../../hosts/database";
import { unitStates } from "../../hosts/inspect";
import { outsideFiles } from "../../hosts/outside/start";
import { readStart, writeStart } from "../../hosts/platformFile";
import type { ManagedDrill } from "../drill";
import type { ManagedTrial } from "../trial";

/** A worker that Auto Scaling takes away: it ends what it does, and only then says that it may go. */
export const scaleIn: ManagedDrill = {
  name: "scale-in",
  breaks:
    "Auto Scaling takes the worker machine that runs payment-workers: its metadata says so, it ends its jobs, completes the lifecycle hook, and is terminated. Then a machine is launched in its place.",
  // The hook's own limit: the longest orderly stop of the machine's processes; Auto Scaling waits no longer.
  bound: ({ blueprint }) => blueprint.groups.find(({ role }) => role === "worker")?.drainSeconds ?? 0,
  gap: (trial) => (trial.completedAt - trial.failedAt) / 1000,
  run: async (trial) => {
    const machine = await holder(trial);
    const { name } = machine.host;
    const began = await workOf(trial, machine);
    if (began.effects === 0) throw new Error(`${name}: has done no job yet, so nothing would be seen to end`);
    await trial.breaks(`${name}: to be terminated`, () => {
      setTarget(trial, name, "Terminated");
      return Promise.resolve();
    });
    await trial.becomes(`${name}: has completed the hook`, () => (trial.completedAt = completedAt(trial, machine)) > 0);
    const states = await machine.inside(["systemctl", "show", "--property=Id,ActiveState,Result", "upload-workers.service", "payment-workers.service"]);
    if (/ActiveState=(active|deactivating)/.test(states.stdout))
      trial.broken.push(`${name}: the hook was completed with work under way: ${states.stdout.replaceAll("\n", " ")}`);
    if (/Result=(?!success)/.test(states.stdout)) trial.broken.push(`${name}: a process did not end by itself: ${states.stdout.replaceAll("\n", " ")}`);
    const ended = await workOf(trial, machine);
    trial.mark(`${name}: ${String(ended.effects - began.effects)} effects of its jobs since just before`);
    await machine.powerOff();
    trial.mark(`${name}: terminated`);
    setTarget(trial, name, "InService");
    await machine.replaceRoot(await debianRoot("baked"));
    await machine.start();
    trial.mark(`${name}: a new machine in its place`);
    await trial.becomes("the other worker runs payment-workers", async () => (await holder(trial).catch(() => machine)).host.name !== name);
    if (ended.again > began.again) trial.broken.push(`${String(ended.again - began.again)} jobs were begun again`);
  },
};

/** The worker that runs payment-workers. */
async function holder(trial: ManagedTrial): Promise<Container> {
  for (const machine of trial.lab.hostsOf("worker")) {
    const unit = "payment-workers.service";
    if (machine.init() !== undefined && (await unitStates(machine, [unit]))[unit] === "active") return machine;
  }
  throw new Error("no worker runs payment-workers");
}

/** What a machine's jobs did so far, and how many jobs anywhere were not ended at their first attempt. */
async function workOf({ lab }: ManagedTrial, machine: Container): Promise<{ effects: number; again: number }> {
  const { stdout: hostname } = await machine.inside(["hostname"]);
  const primary = await primaryOf(lab);
  const counts = `select count(*) filter (where host = '${hostname.trim()}'), count(*) filter (where attempt > 1) from job_effect`;
  const [[effects = "0", again = "0"] = []] = await query(primary, "upload_service", counts);
  return { effects: Number(effects), again: Number(again) };
}

/** What the machine's group wants it to become, as its metadata says. */
function setTarget({ lab }: ManagedTrial, name: string, target: "InService" | "Terminated"): void {
  const start = readStart(lab.layout.platform);
  const hosts = start.platform.hosts.map((host) =>
    host.name === name && host.autoScaling !== undefined ? { ...host, autoScaling: { ...host.autoScaling, target } } : host,
  );
  writeStart(lab.layout.platform, { ...start, platform: { ...start.platform, hosts } });
}

/** When the machine completed the hook in this trial; 0 before. */
function completedAt({ lab, failedAt }: ManagedTrial, { host }: Container): number {
  const file = outsideFiles(lab.layout.outside).completed;
  const lines = existsSync(file) ? readFileSync(file, "utf8").split("\n") : [];
  const times = lines.map((line) => line.split(" ")).filter(([instance]) => instance === host.instanceId);
  return times.map(([, at]) => Number(at)).find((at) => at > failedAt) ?? 0;
}
