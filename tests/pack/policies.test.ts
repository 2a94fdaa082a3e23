import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openLab, type Lab } from "../../lab/engine/lab";
import { withValues } from "../../lab/engine/stackFile";
import { repository } from "../../lab/setup/paths";
import { readEvidence } from "../../policies/evidence";
import { rules } from "../../policies/rules";
import { fromState } from "../../policies/stack/fromState";
import { Stack } from "../../policies/stack/stack";
import { verdict } from "../../policies/verdict";
import { makeProgram, recordOf, succeeded, up, useLab } from "../engine/harness";
import { goodStacks, namedBy, spoiled, type GoodStack, type Mutation, type State } from "../policies/mutation";
import { mutations } from "../policies/mutations";
import { analyzed, type Analysis } from "./analyzed";

const pack = join(repository, "policies");
/** One a core. */
const sideBySide = 2;
/**
 * Rows that go through the command, 2 s each on two cores: one for each rule, and a tenth of the others; `MUTATIONS=all` takes all of
 * them. Every row is judged by the same rules without the command.
 */
const throughTheCommand =
  process.env["MUTATIONS"] === "all"
    ? mutations
    : mutations.filter(({ caughtBy }, index) => index % 10 === 0 || mutations.findIndex((one) => one.caughtBy === caughtBy) === index);

function chosen(name: GoodStack, values: Record<string, unknown> = {}): { stack: string; config: string } {
  const [level = "", hosting = ""] = name.split("-");
  return { stack: level, config: withValues(readFileSync(join(repository, `Pulumi.${level}.yaml`), "utf8"), { hosting, ...values }) };
}

describe("the policy pack, on the real engine", function () {
  this.timeout(1_200_000);
  const lab = useLab();
  const labs = new Map<GoodStack, Lab>();
  const states = new Map<GoodStack, State>();

  const labOf = (name: GoodStack): Lab => {
    const found = labs.get(name);
    assert.ok(found !== undefined, `${name} has no lab`);
    return found;
  };
  const stateOf = (name: GoodStack): State => {
    const found = states.get(name);
    assert.ok(found !== undefined, `${name} was not made`);
    return found;
  };
  const fileOf = (name: string, content: unknown): string => {
    const directory = join(lab().home, "analyzed");
    mkdirSync(directory, { recursive: true });
    const file = join(directory, `${name}.json`);
    writeFileSync(file, JSON.stringify(content));
    return file;
  };

  describe("over good stacks", () => {
    for (const name of goodStacks) {
      it(`${name}: a first update passes it in silence, and so does what is then there`, async () => {
        const own = await openLab(join(lab().home, name));
        labs.set(name, own);
        const options = chosen(name);
        await own.ensureStack(options.stack);
        const made = succeeded(await own.capture(["up", "--yes", "--suppress-outputs", "--non-interactive", "--policy-pack", pack], options));
        assert.match(made.stdout, /✅ bundler-ha@/);
        assert.doesNotMatch(made.stdout, /advisory|can't run policy/);
        const state = (await own.json(["stack", "export"], options)) as State;
        states.set(name, state);
        const { violations } = await analyzed(own, fileOf(name, state), pack);
        assert.deepEqual([...violations], []);
      });
    }
  });

  describe("over spoiled stacks", () => {
    const found = new Map<Mutation, Analysis>();
    const names = rules.map(({ name }) => name);

    before(async () => {
      const waiting = [...throughTheCommand.entries()];
      const work = async (): Promise<void> => {
        for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
          const [index, mutation] = next;
          const file = fileOf(`mutation-${String(index)}`, spoiled(stateOf(mutation.stack), mutation));
          found.set(mutation, await analyzed(labOf(mutation.stack), file, pack));
        }
      };
      await Promise.all(Array.from({ length: sideBySide }, work));
    });

    it("each row of the table is caught by the rule that it names, and by no other than it says", () => {
      const given = { evidence: readEvidence(), today: new Date() };
      for (const mutation of mutations) {
        const stack = new Stack(fromState(spoiled(stateOf(mutation.stack), mutation)));
        const broken = rules.filter((rule) => verdict(rule, stack, {}, given).length > 0).map(({ name }) => name);
        assert.deepEqual(broken.sort(), namedBy(mutation, names), `${mutation.stack}: ${mutation.what}`);
      }
    });

    for (const mutation of throughTheCommand)
      it(`${mutation.stack}: ${mutation.what}: ${mutation.caughtBy}`, () => {
        const violations = found.get(mutation)?.violations ?? new Map<string, string[]>();
        assert.deepEqual([...violations.keys()].sort(), namedBy(mutation, names), [...violations.values()].flat().join("\n"));
        for (const message of violations.get(mutation.caughtBy) ?? []) assert.match(message, /promised: .+; found: .+; fix: .+/s);
      });

    it("every rule names at least one of them", () => {
      const named = new Set(throughTheCommand.map(({ caughtBy }) => caughtBy));
      assert.deepEqual(
        rules.map(({ name }) => name).filter((name) => !named.has(name)),
        [],
      );
    });
  });

  it("stops an update of a stack with one spoiled field before anything is created", async () => {
    const own = await openLab(join(lab().home, "refused"));
    const options = chosen("level3-managed", { databaseBackupDays: 7 });
    await own.ensureStack(options.stack);
    const refused = await own.capture(["up", "--yes", "--suppress-outputs", "--non-interactive", "--policy-pack", pack], options);
    assert.notEqual(refused.status, 0);
    assert.match(refused.stdout, /\[mandatory\].*backups-kept/s);
    assert.match(refused.stdout, /promised: backupRetentionPeriod of at least 35 days; found: 7; fix: /);
    assert.ok(!existsSync(own.record) || recordOf(own).length === 0, "the embedded cloud holds something");
  });

  it("refuses a stack that has nothing to judge", async () => {
    const directory = await makeProgram(lab(), "nothing", `export const nothing = true;`);
    succeeded(await lab().capture([...up, "--stack", "dev"], { stack: "dev", directory }));
    const state = await lab().json(["stack", "export", "--stack", "dev"], { stack: "dev", directory });
    const { violations } = await analyzed(lab(), fileOf("nothing", state), pack);
    assert.ok(violations.has("promise-is-known"), [...violations.keys()].join());
  });

  describe("with a config of its own", () => {
    const short: Mutation = {
      what: "backups are kept for a week at level 2",
      stack: "level2-managed",
      type: "aws:rds/cluster:Cluster",
      name: "-cluster",
      change: { property: "backupRetentionPeriod", value: 7 },
      caughtBy: "backups-kept",
    };
    const day = (fromToday: number): string => new Date(Date.now() + fromToday * 86_400_000).toISOString().slice(0, 10);
    const judgeWith = async (name: string, config: unknown, mutation: Mutation | null): Promise<string[]> => {
      const state = stateOf("level2-managed");
      const file = fileOf(name, mutation === null ? state : spoiled(state, mutation));
      const { violations } = await analyzed(labOf("level2-managed"), file, pack, fileOf(`${name}-config`, config));
      return violations.get("backups-kept") ?? [];
    };
    const judge = (name: string, config: unknown, mutation: Mutation | null): Promise<string[]> => judgeWith(name, { "backups-kept": config }, mutation);
    const urn = (): string => stateOf("level2-managed").deployment.resources.find(({ type }) => type === short.type)?.urn ?? "";

    it("a limit may be stricter than its level's", async () => {
      assert.match((await judge("stricter", { limits: { redisDays: 35 } }, null)).join(), /snapshotRetentionLimit of at least 35 days; found: \d+/);
    });

    it("a limit that is looser than its level's is refused", async () => {
      assert.match((await judge("looser", { limits: { databaseDays: 1 } }, null)).join(), /14 at level 2; found: config says 1/);
    });

    for (const [what, config, said] of [
      ["is turned off", { "backups-kept": "disabled" }, "disabled"],
      ["is turned off with all others", { all: "disabled" }, "disabled"],
      ["shall only advise", { "backups-kept": { enforcementLevel: "advisory" } }, "advisory"],
    ] as const)
      it(`a rule that ${what} stays as it is, and says so`, async () => {
        const messages = (await judgeWith(what.replaceAll(" ", "-"), config, short)).join("\n");
        assert.match(messages, new RegExp(`backups-kept is mandatory; found: config says ${said}; fix: `));
        assert.match(messages, /backupRetentionPeriod of at least \d+ days; found: 7/);
      });

    it("an exception with a reason and an end lets its resource through", async () => {
      const exception = { urn: urn(), reason: "restored by hand this week, ticket 4711", until: day(7) };
      assert.deepEqual(await judge("excepted", { exceptions: [exception] }, short), []);
    });

    for (const [what, changes, said] of [
      ["that has ended", { until: day(-1) }, /ended on/],
      ["without an end in sight", { until: day(400) }, /at most 90 days/],
      ["without a reason", { reason: " " }, /reason/],
    ] as const)
      it(`an exception ${what} lets nothing through`, async () => {
        const exception = Object.assign({ urn: urn(), reason: "restored by hand this week, ticket 4711", until: day(7) }, changes);
        const messages = (await judge(`refused ${what}`, { exceptions: [exception] }, short)).join("\n");
        assert.match(messages, said);
        assert.match(messages, /backupRetentionPeriod of at least \d+ days; found: 7/);
      });
  });
});
