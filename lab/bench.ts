import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openLab, type CommandOptions, type Lab } from "./engine/lab";
import { runMain, SetupFault } from "./setup/fault";

const ROUNDS = 5;
const LARGEST_RATIO = 2.5;

/** `make bench`: an unchanged preview of a stack against one of an empty program, on the same engine; the median of five each. */
runMain(async () => {
  const stack = process.env["STACK"] ?? "level1";
  const lab = await openLab();
  await lab.ensureStack(stack);
  const up = await lab.capture(["up", "--yes", "--skip-preview"], { stack });
  if (up.status !== 0) throw new SetupFault(`Stack ${stack}: cannot be brought up to be measured:\n${up.stdout}${up.stderr}`);
  const empty = await emptyProgram(lab);
  const full = { stack };
  // One of each first, which fills the file caches; then in turn, so that a busy moment hits both.
  await seconds(lab, empty);
  await seconds(lab, full);
  const times: [number, number][] = [];
  for (let round = 0; round < ROUNDS; round += 1) times.push([await seconds(lab, empty), await seconds(lab, full)]);
  const [least, most] = [median(times.map(([time]) => time)), median(times.map(([, time]) => time))];
  const ratio = most / least;
  process.stdout.write(
    `empty program     ${least.toFixed(2)} s\n${stack.padEnd(16)}  ${most.toFixed(2)} s\nratio             ${ratio.toFixed(2)} (at most ${String(LARGEST_RATIO)}; medians of ${String(ROUNDS)})\n`,
  );
  return ratio <= LARGEST_RATIO ? 0 : 1;
});

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
