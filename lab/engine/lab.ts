import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { namespace } from "../../config/settings";
import { RecordFile } from "../cloud/recordFile";
import { serveCloud } from "../cloud/serve";
import { SetupFault } from "../setup/fault";
import { defaultHome, repository } from "../setup/paths";
import { attach, capture, type Completed } from "../setup/process";
import { needsConfigFile, subcommand } from "./arguments";
import { findEngine } from "./cli";
import { attachTo, homeLayout, labEnvironment } from "./environment";
import { installLanguageHost, keepNoEngineLogs, packageVersion } from "./executables";
import { chosenValues, saltOf, stackFileText, withSalt, withValues } from "./stackFile";

/** Whose command it is and where it runs. */
export interface CommandOptions {
  stack: string;
  /** Text of a stack file instead of the clone's `Pulumi.<stack>.yaml`. */
  config?: string;
  /** Directory of the project; the clone when absent. */
  directory?: string;
}

/** A lab in its home (`LAB_HOME`, or `.lab` in the clone), with the engine built or found (a second or less after the first time). */
export async function openLab(home = process.env["LAB_HOME"] ?? defaultHome): Promise<Lab> {
  const engine = await findEngine();
  const layout = homeLayout(home);
  mkdirSync(layout.backend, { recursive: true });
  keepNoEngineLogs(layout.pulumiHome);
  if (engine.languageHost === "lab") installLanguageHost(layout.pulumiHome);
  return new Lab(home, engine.executable, labEnvironment(home));
}

/** The real engine over the embedded cloud, which serves while a command runs. */
export class Lab {
  public constructor(
    public readonly home: string,
    private readonly executable: string,
    public readonly environment: NodeJS.ProcessEnv,
  ) {}

  /** Path of the embedded cloud's record of what exists. */
  public get record(): string {
    return homeLayout(this.home).record;
  }

  /** Frees the names of what is in its recovery window (secrets, keys), as only time does on AWS, so that the next stack may have them. */
  public async freeDeletedNames(): Promise<void> {
    await new RecordFile(this.record).run((record) => {
      record.freeNames();
    });
  }

  public stackExists(stack: string, project = namespace): boolean {
    return existsSync(join(homeLayout(this.home).backend, ".pulumi", "stacks", project, `${stack}.json`));
  }

  /** Stacks of this program in the lab. */
  public stacks(): string[] {
    const directory = join(homeLayout(this.home).backend, ".pulumi", "stacks", namespace);
    return existsSync(directory) ? readdirSync(directory).flatMap((name) => /^(.+)\.json$/.exec(name)?.[1] ?? []) : [];
  }

  /** Initialises a stack that is not there yet. The engine writes the salt of its secrets beside the lab's own project file, not the clone's. */
  public async ensureStack(stack: string, project = namespace): Promise<void> {
    if (this.stackExists(stack, project)) return;
    const directory = this.initDirectory(project);
    mkdirSync(directory, { recursive: true });
    writeFileSync(join(directory, "Pulumi.yaml"), `name: ${project}\nruntime: nodejs\n`);
    const made = await capture(this.executable, ["stack", "init", stack, "--no-select", "--cwd", directory], { env: this.environment });
    if (made.status !== 0) throw new SetupFault(`Stack ${stack}: cannot be initialised in the lab:\n${made.stderr}${made.stdout}`);
  }

  /** Runs a Pulumi command on this terminal and gives its exit code. */
  public async attach(argv: readonly string[], options: CommandOptions): Promise<number> {
    return this.onCloud(options, (spawn) => attach(this.executable, this.complete(argv, options), spawn));
  }

  /** Runs a Pulumi command and keeps what it says. */
  public async capture(argv: readonly string[], options: CommandOptions): Promise<Completed> {
    return this.onCloud(options, (spawn) => capture(this.executable, this.complete(argv, options), spawn));
  }

  /** What a command prints as JSON. Throws a `SetupFault` with the engine's own words when it fails. */
  public async json(argv: readonly string[], options: CommandOptions): Promise<unknown> {
    const said = await this.capture(argv, options);
    if (said.status !== 0) throw new SetupFault(`pulumi ${argv.join(" ")}: failed:\n${said.stderr}${said.stdout}`);
    return JSON.parse(said.stdout) as unknown;
  }

  private complete(argv: readonly string[], options: CommandOptions): string[] {
    const config = needsConfigFile(argv) && this.stackExists(options.stack) ? ["--config-file", this.writeConfig(options)] : [];
    // Without it the engine would delete the clone's stack file.
    const keep = subcommand(argv).join(" ") === "stack rm" && !argv.includes("--preserve-config") ? ["--preserve-config"] : [];
    const end = argv.indexOf("--");
    const at = end === -1 ? argv.length : end;
    return [...argv.slice(0, at), ...config, ...keep, ...argv.slice(at)];
  }

  private async onCloud<Outcome>(options: CommandOptions, run: (spawn: { cwd: string; env: NodeJS.ProcessEnv }) => Promise<Outcome>): Promise<Outcome> {
    const cloud = await serveCloud(this.record, packageVersion);
    try {
      const env = { ...this.environment, ...attachTo(cloud.ports), PULUMI_STACK: options.stack };
      return await run({ cwd: options.directory ?? repository, env });
    } finally {
      cloud.close();
    }
  }

  /** The lab's copy of a stack file, anew for every command: the clone's file stays as its owner wrote it. */
  private writeConfig(options: CommandOptions): string {
    const initialised = join(this.initDirectory(namespace), `Pulumi.${options.stack}.yaml`);
    const salt = existsSync(initialised) ? saltOf(readFileSync(initialised, "utf8")) : undefined;
    if (salt === undefined) throw new SetupFault(`Stack ${options.stack}: ${initialised} has no encryptionsalt; run: make clean`);
    const directory = homeLayout(this.home).config;
    mkdirSync(directory, { recursive: true });
    const file = join(directory, `Pulumi.${options.stack}.yaml`);
    writeFileSync(file, withSalt(options.config ?? this.stackFileText(options.stack), options.stack, salt));
    return file;
  }

  /** Forgets the lab's own values of a stack. */
  public forgetValues(stack: string): void {
    rmSync(this.valuesFile(stack), { force: true });
  }

  /** Config values that hold in this lab instead of the stack file's, e.g. the digests of artifacts that were built here. They stay until others are set. */
  public setValues(stack: string, values: Readonly<Record<string, unknown>>): void {
    const file = this.valuesFile(stack);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(values, null, 1));
  }

  /** A stack's config as this lab has it: the stack file's, and the lab's own values over it. */
  public stackFileText(stack: string): string {
    const file = this.valuesFile(stack);
    const values = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>) : {};
    return withValues(stackFileText(stack), { ...values, ...chosenValues() });
  }

  private valuesFile(stack: string): string {
    return join(homeLayout(this.home).values, `${stack}.json`);
  }

  private initDirectory(project: string): string {
    return join(homeLayout(this.home).init, project);
  }
}
