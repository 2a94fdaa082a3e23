import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { openLab, type CommandOptions, type Lab } from "./engine/lab";
import { stackFileText, withValues } from "./engine/stackFile";
import { runMain, SetupFault } from "./setup/fault";
import { defaultHome } from "./setup/paths";
import { sayWithSeconds } from "./setup/say";

const ROUNDS = 5;
/** Most times an empty program's preview. */
const LARGEST_RATIO = { level1: 2.5, level3: 3 };
/** Application hosts of the platforms whose previews are compared. */
const SIZES = [4, 100, 200];
/** Most times what a resource costs in the least platform that it may cost in the largest, and most times what the first half of the added hosts costs that the second may. */
const LARGEST_GROWTH = 1.1;

/** A program that is up, whose unchanged preview is timed once a round. */
interface Candidate {
  what: string;
  lab: Lab;
  options: CommandOptions;
  resources: number;
  seconds: number[];
}

/**
 * `make bench`: unchanged previews of level 1, of level 3, and of platforms with more and more hosts, against one of an empty program on
 * the same engine, each in a lab of its own. Each round times all of them and compares within itself, since a machine's speed changes
 * from minute to minute; what is said is the median of the rounds.
 */
runMain(async () => {
  const say = sayWithSeconds();
  const home = join(defaultHome, "bench");
  rmSync(home, { recursive: true, force: true });
  const empty = await emptyProgram(await openLab(join(home, "empty")));
  const level1 = await broughtUp(home, "level1", stackFileText("level1"));
  const level3 = await broughtUp(home, "level3", stackFileText("level3"));
  const grown: Candidate[] = [];
  for (const hosts of SIZES) grown.push(await broughtUp(home, `${String(hosts)} hosts`, grownFile(hosts)));
  const all = [empty, level1, level3, ...grown];
  say(`${String(all.length)} programs are up`);
  // The first round fills the file caches.
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const one of all) {
      const took = await seconds(one);
      if (round > 0) one.seconds.push(took);
    }
    say(`round ${String(round)} of ${String(ROUNDS)}`);
  }
  // All that there is of them lies in these files.
  rmSync(home, { recursive: true });

  const rounds = empty.seconds.map((_, round) => round);
  const times = (one: Candidate): number => median(rounds.map((round) => at(one, round) / at(empty, round)));
  for (const one of all)
    process.stdout.write(
      `${one.what.padEnd(16)}${String(one.resources).padStart(6)} resources ${median(one.seconds).toFixed(2).padStart(7)} s  ${times(one).toFixed(2).padStart(5)} × empty` +
        `${one === empty ? "" : `  ${((median(one.seconds) / one.resources) * 1000).toFixed(2)} ms a resource`}\n`,
    );
  // A platform's start costs the same at each size, and hides growth where all of a preview is shared out among its resources: so what is
  // added is compared with what is added, too.
  const [least = empty, middle = empty, most = empty] = grown;
  const shared = median(rounds.map((round) => at(most, round) / most.resources / (at(least, round) / least.resources)));
  const added = (from: Candidate, to: Candidate, round: number): number => (at(to, round) - at(from, round)) / (to.resources - from.resources);
  const growth = median(rounds.map((round) => added(middle, most, round) / added(least, middle, round)));
  process.stdout.write(
    `a resource of ${most.what} costs ${shared.toFixed(2)} × one of ${least.what}; one that is added after ${middle.what}, ${growth.toFixed(2)} × one before\n`,
  );
  const faults = [
    ...(times(level1) > LARGEST_RATIO.level1 ? [`level1: more than ${String(LARGEST_RATIO.level1)} × the empty program`] : []),
    ...(times(level3) > LARGEST_RATIO.level3 ? [`level3: more than ${String(LARGEST_RATIO.level3)} × the empty program`] : []),
    ...(Math.max(shared, growth) > LARGEST_GROWTH ? [`a preview grows faster than its resources: more than ${String(LARGEST_GROWTH)} ×`] : []),
  ];
  process.stdout.write(faults.length === 0 ? "within every limit\n" : `${faults.join("\n")}\n`);
  return faults.length === 0 ? 0 : 1;
});

/** Level 1 on own hosts with half as many API and half as many worker hosts, and as many connections as they need. */
function grownFile(hosts: number): string {
  const each = hosts / 2;
  return withValues(stackFileText("level1"), { domain: "grown.example.com", apiHosts: each, workerHosts: each, databaseMaxConnections: 4100 });
}

async function broughtUp(home: string, what: string, config: string): Promise<Candidate> {
  const lab = await openLab(join(home, what.replace(" ", "-")));
  const stack = what.startsWith("level") ? what : "grown";
  await lab.ensureStack(stack);
  return candidate(lab, what, { stack, config });
}

async function candidate(lab: Lab, what: string, options: CommandOptions): Promise<Candidate> {
  const up = await lab.capture(["up", "--yes", "--skip-preview"], options);
  if (up.status !== 0) throw new SetupFault(`${what}: cannot be brought up to be measured:\n${up.stdout}${up.stderr}`);
  const exported = countSchema.parse(await lab.json(["stack", "export"], options));
  return { what, lab, options, resources: exported.deployment.resources?.length ?? 0, seconds: [] };
}

function at(one: Candidate, round: number): number {
  return one.seconds[round] ?? Number.NaN;
}

const countSchema = z.object({ deployment: z.object({ resources: z.array(z.unknown()).optional() }) });

/** A program that makes nothing, started as ours is. It lies inside the clone, whose packages it uses. */
async function emptyProgram(lab: Lab): Promise<Candidate> {
  const directory = join(defaultHome, "empty");
  mkdirSync(directory, { recursive: true });
  writeFileSync(
    join(directory, "Pulumi.yaml"),
    "name: empty\nruntime:\n  name: nodejs\n  options:\n    typescript: false\n    nodeargs: --require ../../start.cjs\n",
  );
  writeFileSync(join(directory, "package.json"), `${JSON.stringify({ name: "empty", main: "index.ts" })}\n`);
  writeFileSync(join(directory, "index.ts"), "export {};\n");
  const options = { stack: "empty", directory };
  await lab.ensureStack("empty", "empty");
  return candidate(lab, "empty program", options);
}

async function seconds({ lab, options }: Candidate): Promise<number> {
  const began = performance.now();
  const preview = await lab.capture(["preview", "--expect-no-changes"], options);
  if (preview.status !== 0) throw new SetupFault(`Stack ${options.stack}: its preview is not unchanged:\n${preview.stdout}${preview.stderr}`);
  return (performance.now() - began) / 1000;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
