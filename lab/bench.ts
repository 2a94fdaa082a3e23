import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { destroyStack } from "./engine/destroy";
import { openLab, type CommandOptions, type Lab } from "./engine/lab";
import { stackFileText, withValues } from "./engine/stackFile";
import { runMain, SetupFault } from "./setup/fault";

const ROUNDS = 5;
/** Most times an empty program's preview. */
const LARGEST_RATIO = { level1: 2.5, level3: 3 };
/** Application hosts of the platforms whose previews are compared, and what one more resource may cost at the largest against the least. */
const SIZES = [4, 50, 100, 200];
const LARGEST_GROWTH = 1.1;

interface Measured {
  what: string;
  resources: number;
  seconds: number;
}

/** `make bench`: unchanged previews of level 1, of level 3, and of platforms with more and more hosts, against one of an empty program on the same engine; medians of five. */
runMain(async () => {
  const lab = await openLab();
  const empty = await emptyProgram(lab);
  const least = await measured(lab, "empty program", empty);
  const level1 = await upAndMeasured(lab, "level1", stackFileText("level1"));
  const level3 = await upAndMeasured(lab, "level3", stackFileText("level3"));
  const grown: Measured[] = [];
  for (const hosts of SIZES) grown.push(await upAndMeasured(lab, "grown", grownFile(hosts), `${String(hosts)} hosts`));
  await destroyStack(lab, "grown", false, grownFile(4));
  const each = (one: Measured): number => ((one.seconds - least.seconds) / one.resources) * 1000;
  for (const one of [least, level1, level3, ...grown])
    process.stdout.write(
      `${one.what.padEnd(16)}${String(one.resources).padStart(6)} resources ${one.seconds.toFixed(2).padStart(7)} s  ${(one.seconds / least.seconds).toFixed(2).padStart(5)} × empty` +
        `${one === least ? "" : `  ${each(one).toFixed(2)} ms a resource`}\n`,
    );
  const [first, last] = [grown[0], grown.at(-1)];
  const faults = [
    ...(level1.seconds / least.seconds > LARGEST_RATIO.level1 ? [`level1: more than ${String(LARGEST_RATIO.level1)} × the empty program`] : []),
    ...(level3.seconds / least.seconds > LARGEST_RATIO.level3 ? [`level3: more than ${String(LARGEST_RATIO.level3)} × the empty program`] : []),
    ...(first !== undefined && last !== undefined && each(last) > each(first) * LARGEST_GROWTH
      ? [`a resource of the largest platform costs more than ${String(LARGEST_GROWTH)} × one of the least`]
      : []),
  ];
  process.stdout.write(faults.length === 0 ? "within every limit\n" : `${faults.join("\n")}\n`);
  return faults.length === 0 ? 0 : 1;
});

/** Level 1 on own hosts with half as many API and half as many worker hosts, and as many connections as they need. */
function grownFile(hosts: number): string {
  const each = hosts / 2;
  return withValues(stackFileText("level1"), { domain: "grown.example.com", apiHosts: each, workerHosts: each, databaseMaxConnections: 4100 });
}

async function upAndMeasured(lab: Lab, stack: string, config: string, what = stack): Promise<Measured> {
  await lab.ensureStack(stack);
  const options = { stack, config };
  const up = await lab.capture(["up", "--yes", "--skip-preview"], options);
  if (up.status !== 0) throw new SetupFault(`Stack ${stack}: cannot be brought up to be measured:\n${up.stdout}${up.stderr}`);
  return measured(lab, what, options);
}

async function measured(lab: Lab, what: string, options: CommandOptions): Promise<Measured> {
  // One first, which fills the file caches.
  await seconds(lab, options);
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) times.push(await seconds(lab, options));
  const exported = countSchema.parse(await lab.json(["stack", "export"], options));
  return { what, resources: exported.deployment.resources?.length ?? 0, seconds: median(times) };
}

const countSchema = z.object({ deployment: z.object({ resources: z.array(z.unknown()).optional() }) });

/** A program that makes nothing, started as ours is. It lies inside the clone, whose packages it uses. */
async function emptyProgram(lab: Lab): Promise<CommandOptions> {
  const directory = join(lab.home, "empty");
  mkdirSync(directory, { recursive: true });
  writeFileSync(
    join(directory, "Pulumi.yaml"),
    "name: empty\nruntime:\n  name: nodejs\n  options:\n    typescript: false\n    nodeargs: --require ../../start.cjs\n",
  );
  writeFileSync(join(directory, "package.json"), `${JSON.stringify({ name: "empty", main: "index.ts" })}\n`);
  writeFileSync(join(directory, "index.ts"), "export {};\n");
  const options = { stack: "empty", directory };
  await lab.ensureStack("empty", "empty");
  const up = await lab.capture(["up", "--yes", "--skip-preview"], options);
  if (up.status !== 0) throw new SetupFault(`The empty program cannot be brought up:\n${up.stdout}${up.stderr}`);
  return options;
}

async function seconds(lab: Lab, options: CommandOptions): Promise<number> {
  const began = performance.now();
  const preview = await lab.capture(["preview", "--expect-no-changes"], options);
  if (preview.status !== 0) throw new SetupFault(`Stack ${options.stack}: its preview is not unchanged:\n${preview.stdout}${preview.stderr}`);
  return (performance.now() - began) / 1000;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
