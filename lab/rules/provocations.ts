import { setTimeout as sleep } from "node:timers/promises";
import { dataMount } from "../../hosts/dataMount";
import { recoveryBound } from "../../sla/recovery";
import { debianRoot } from "../debian/root";
import { faultsOf } from "../hosts/health";
import { databaseState, redisState } from "../hosts/inspect";
import type { HostLab } from "../hosts/lab";
import { primaryOf, switchover } from "../hosts/database";

/** Something that a platform bears as long as every rule is there. Gives what went wrong, or nothing; repairs what it did. */
export interface Provocation {
  name: string;
  run: (lab: HostLab) => Promise<string | undefined>;
}

/** A replacement's boot, and the time that its data takes to be there. */
const replacedMilliseconds = 150_000;
/** Longer than Patroni's lease, and the looks after it. */
const withoutQuorumMilliseconds = 45_000;
const lookMilliseconds = 1000;

/** Rules for bad times are seen to be missing only then. The quickest comes first. */
export const provocations: readonly Provocation[] = [
  { name: "hosts that read their secrets anew", run: secretsRead },
  { name: "a planned switchover", run: switchedOver },
  { name: "a volume nearly full", run: volumeFull },
  { name: "etcd without a quorum", run: quorumLost },
  { name: "a Redis host replaced by a new one", run: redisHostReplaced },
];

/** As each start of a host does, and each change of a secret; one host of each role after the other. */
async function secretsRead(lab: HostLab): Promise<string | undefined> {
  const roles = [...new Set(lab.platform.hosts.map(({ role }) => role))];
  for (const host of roles.flatMap((role) => lab.hostsOf(role).slice(0, 1))) {
    const { status } = await host.inside(["timeout", "20", "python3", "/usr/local/lib/bundler/bundler_secrets.py", "/etc/bundler/secrets.json"]);
    if (status !== 0) return `${host.host.name} cannot`;
  }
  return undefined;
}

async function switchedOver(lab: HostLab): Promise<string | undefined> {
  const from = await primaryOf(lab);
  const refused = await switchover(lab, from);
  if (refused !== undefined) return `the switchover is refused: ${refused.trim().split("\n").at(-1) ?? ""}`;
  const { seconds } = recoveryBound(lab.blueprint, "planned-switchover");
  return (await within(seconds * 1000, () => primaryIsNot(lab, from.host.name))) ? undefined : `no other primary after ${String(seconds)} s`;
}

async function volumeFull(lab: HostLab): Promise<string | undefined> {
  const host = await primaryOf(lab);
  const planned = lab.blueprint.hosts.find(({ name }) => name === host.host.name);
  if (planned === undefined) throw new Error(`${host.host.name}: not in the blueprint`);
  const directory = dataMount(planned);
  const filler = `${directory}/filler`;
  try {
    // All but a hundredth: PostgreSQL goes on, and the primary is handed over.
    await host.inside(["sh", "-c", `fallocate -l $(df --output=avail,size -B1 ${directory} | awk 'NR == 2 { print $1 - int($2 / 100) }') ${filler}`]);
    const { seconds } = recoveryBound(lab.blueprint, "disk-full");
    return (await within(seconds * 1000, () => primaryIsNot(lab, host.host.name)))
      ? undefined
      : `${host.host.name} is still the primary after ${String(seconds)} s`;
  } finally {
    await host.inside(["rm", "-f", filler]);
  }
}

async function quorumLost(lab: HostLab): Promise<string | undefined> {
  const members = lab.hostsOf("redis").slice(0, 2);
  const { role } = lab.blueprint.database;
  const host = await primaryOf(lab);
  try {
    await Promise.all(members.map((one) => one.inside(["systemctl", "stop", "etcd.service"])));
    const latest = Date.now() + withoutQuorumMilliseconds;
    while (Date.now() < latest) {
      const { status } = await host.inNetwork([
        "curl",
        "--silent",
        "--fail",
        "--insecure",
        "--max-time",
        "2",
        "--output",
        "/dev/null",
        `https://${host.host.address}:${String(role.port)}/`,
      ]);
      if (status !== 0) return `${host.host.name} stepped down`;
      await sleep(lookMilliseconds);
    }
    return undefined;
  } finally {
    await Promise.all(members.map((one) => one.inside(["systemctl", "start", "etcd.service"])));
  }
}

async function redisHostReplaced(lab: HostLab): Promise<string | undefined> {
  const masters = await Promise.all(lab.blueprint.redis.instances.map(async ({ masterName }) => (await redisState(lab, masterName)).master));
  const host = lab.hostsOf("redis").find((one) => !masters.includes(one.host.name));
  if (host === undefined) throw new Error("every Redis host is a master");
  await host.lose();
  await host.replaceRoot(await debianRoot("baked"));
  host.forgetVolumes();
  await host.start();
  let faults: string[] = [];
  const whole = await within(replacedMilliseconds, async () => {
    faults = await faultsOf(lab);
    return faults.length === 0;
  });
  return whole ? undefined : `after ${String(replacedMilliseconds / 1000)} s: ${faults[0] ?? ""}`;
}

async function primaryIsNot(lab: HostLab, name: string): Promise<boolean> {
  const leader = (await databaseState(lab))?.leader;
  return leader !== undefined && leader !== name;
}

async function within(milliseconds: number, look: () => Promise<boolean>): Promise<boolean> {
  const latest = Date.now() + milliseconds;
  while (Date.now() < latest) {
    if (await look()) return true;
    await sleep(lookMilliseconds / 2);
  }
  return false;
}
