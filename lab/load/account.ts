import { z } from "zod";
import type { Blueprint } from "../../blueprint/types";
import type { Container } from "../hosts/container";
import type { HostLab } from "../hosts/lab";
import { primaryOf, query } from "../hosts/database";
import { acknowledged, type Sent } from "./plan";

/** Where everything that was acknowledged is now. */
export interface Account {
  uploads: number;
  topUps: number;
  /** Acknowledged, and nowhere any more: an id and what of it is missing. */
  lost: string[];
}

/** What the platform did twice or gave up, since it exists. */
export interface Faults {
  /** Effects that came more than once: queue and subject. */
  duplicatedEffects: string[];
  /** Jobs that used up their attempts, by queue. */
  failedJobs: Record<string, number>;
}

/** Accounts for every acknowledged request of the given ones. The platform serves; queues need not be empty. */
export async function accountFor(lab: HostLab<Blueprint>, sent: readonly Sent[], accounts: readonly string[]): Promise<Account> {
  const uploads = [...new Set(sent.filter((one) => one.kind === "upload" && acknowledged(one)).map(({ id }) => id))];
  const topUps = sent.filter((one) => one.kind === "topUp" && acknowledged(one));
  const primary = await primaryOf(lab);
  const host = applicationHost(lab);
  // The queue first: what leaves it meanwhile is in the database by then.
  const queued = await queuedItems(host);
  const rows = new Set((await query(primary, "upload_service", itemsStatement)).map(([id]) => id ?? ""));
  const receipts = new Set((await query(primary, "payment_service", "select payment_receipt_id from payment_receipt")).map(([id]) => id ?? ""));
  const objects = await missingObjects(host, uploads);
  return {
    uploads: uploads.length,
    topUps: topUps.length,
    lost: [
      ...uploads.filter((id) => !rows.has(id) && !queued.has(id)).map((id) => `upload ${id}: neither in the database nor in a queue`),
      ...objects.map((id) => `upload ${id}: its bytes are not in the object store`),
      ...topUps.filter(({ id }) => !receipts.has(id)).map(({ id }) => `top-up ${id}: not in the database`),
      ...(await balanceFaults(primary, accounts)),
    ],
  };
}

const itemsStatement = ["new_data_item", "planned_data_item", "permanent_data_items", "failed_data_item"]
  .map((table) => `select data_item_id from ${table}`)
  .join(" union all ");

/** A balance is the sum of its ledger. */
async function balanceFaults(primary: Container, accounts: readonly string[]): Promise<string[]> {
  const names = accounts.map((account) => `'${account}'`).join(", ");
  const rows = await query(
    primary,
    "payment_service",
    `select u.user_address, u.winston_credit_balance::numeric, (select coalesce(sum(winston_credit_amount::numeric), 0) from audit_log where user_address = u.user_address) from "user" u where user_address in (${names})`,
  );
  return rows
    .filter(([, balance, ledger]) => balance !== ledger)
    .map(([account = "?", balance = "?", ledger = "?"]) => `account ${account}: its balance is ${balance}, and its ledger adds up to ${ledger}`);
}

/** Python's call of the queues' Redis through the host's data proxy. */
const queuesCli = "cli = lambda *a: subprocess.run(['redis-cli', '-p', '6381', *a], capture_output=True, text=True, check=True).stdout";

/** Ids of the data items whose rows are still to be written. */
async function queuedItems(host: Container): Promise<Set<string>> {
  const program = [
    "import json, subprocess",
    queuesCli,
    "queue = 'bull:upload-new-data-item'",
    "ids = [i for s in ('wait', 'active', 'paused') for i in cli('LRANGE', f'{queue}:{s}', '0', '-1').split()]",
    "ids += [i for s in ('delayed', 'failed', 'prioritized') for i in cli('ZRANGE', f'{queue}:{s}', '0', '-1').split()]",
    "print(json.dumps([json.loads(d)['dataItemId'] for d in (cli('HGET', f'{queue}:{i}', 'data').strip() for i in ids) if d]))",
  ].join("\n");
  return new Set(z.array(z.string()).parse(await python(host, program)));
}

/** Which of the items' bytes are not in the object store, as the application reads it. */
async function missingObjects(host: Container, ids: readonly string[]): Promise<string[]> {
  const program = [
    "import json, sys, boto3, botocore, subprocess",
    "from concurrent.futures import ThreadPoolExecutor",
    "pid = subprocess.run(['systemctl', 'show', '-P', 'MainPID', 'upload-api'], capture_output=True, text=True).stdout.strip()",
    "env = dict(e.split('=', 1) for e in open(f'/proc/{pid}/environ').read().split('\\0') if '=' in e)",
    "given = {'endpoint_url': env['S3_ENDPOINT'], 'aws_access_key_id': env['S3_ACCESS_KEY_ID'], 'aws_secret_access_key': env['S3_SECRET_ACCESS_KEY']} if env.get('S3_ENDPOINT') else {}",
    "ca = env.get('NODE_EXTRA_CA_CERTS')",
    "s3 = boto3.client('s3', region_name=env['S3_REGION'], verify=ca, config=botocore.config.Config(max_pool_connections=4, s3={'addressing_style': 'path' if given else 'auto'}), **given)",
    "def missing(i):",
    "    try: s3.head_object(Bucket=env['DATA_ITEM_BUCKET'], Key=f'raw-data-item/{i}'); return None",
    "    except botocore.exceptions.ClientError as e:",
    "        if e.response['ResponseMetadata']['HTTPStatusCode'] != 404: raise",
    "        return i",
    "print(json.dumps([i for i in ThreadPoolExecutor(4).map(missing, json.load(sys.stdin)) if i]))",
  ].join("\n");
  return z.array(z.string()).parse(await python(host, program, JSON.stringify(ids)));
}

/**
 * Queues whose jobs change nothing the second time: the same header or chunk posted again, the same offsets written again. Their
 * effect is outside the database or an upsert, so the application runs them again whenever their end was not kept.
 */
const repeatable = ["upload-optical-post", "upload-put-offsets", "upload-broadcast-chunks"];

/** Effects that came twice, and jobs that failed for good. */
export async function faultsSoFar(lab: HostLab<Blueprint>): Promise<Faults> {
  const primary = await primaryOf(lab);
  const harmless = repeatable.map((queue) => `'${queue}'`).join(", ");
  const statement = `select queue, subject from job_effect where queue not in (${harmless}) group by queue, subject having count(*) > 1`;
  const rows = [...(await query(primary, "upload_service", statement)), ...(await query(primary, "payment_service", statement))];
  const program = [
    "import json, subprocess",
    queuesCli,
    "keys = cli('--scan', '--pattern', 'bull:*:failed').split()",
    "print(json.dumps({k.split(':')[1]: int(cli('ZCARD', k)) for k in keys}))",
  ].join("\n");
  return {
    duplicatedEffects: rows.map(([queue = "", subject = ""]) => `${queue} ${subject}`),
    failedJobs: z.record(z.string(), z.number()).parse(await python(applicationHost(lab), program)),
  };
}

/** What came after an earlier look. */
export function faultsSince(before: Faults, now: Faults): Faults {
  return {
    duplicatedEffects: now.duplicatedEffects.filter((one) => !before.duplicatedEffects.includes(one)),
    failedJobs: Object.fromEntries(
      Object.entries(now.failedJobs)
        .map(([queue, count]) => [queue, count - (before.failedJobs[queue] ?? 0)] as const)
        .filter(([, count]) => count > 0),
    ),
  };
}

/** What all values add up to. */
export function sum(values: Readonly<Record<string, number>>): number {
  return Object.values(values).reduce((total, value) => total + value, 0);
}

/** Jobs that wait, run, or wait for their next attempt; not those that are meant for later, as a scheduler's next run. */
export async function jobsOpen(lab: HostLab<Blueprint>): Promise<number> {
  const program = [
    "import json, subprocess",
    queuesCli,
    "open = 0",
    "for key in cli('--scan', '--pattern', 'bull:*:meta').split():",
    "    q = key[:-5]",
    "    open += int(cli('LLEN', f'{q}:wait')) + int(cli('LLEN', f'{q}:active'))",
    "    open += sum(int(cli('HGET', f'{q}:{i}', 'atm').strip() or 0) > 0 for i in cli('ZRANGE', f'{q}:delayed', '0', '-1').split())",
    "print(open)",
  ].join("\n");
  return z.number().parse(await python(applicationHost(lab), program));
}

function applicationHost(lab: HostLab<Blueprint>): Container {
  const host = lab.hostsOf("api").find((one) => one.init() !== undefined);
  if (host === undefined) throw new Error("no API host is on");
  return host;
}

async function python(host: Container, program: string, input = ""): Promise<unknown> {
  const { status, stdout, stderr } = await host.inside(["timeout", "120", "python3", "-c", program], input);
  if (status !== 0) throw new Error(`${host.host.name}: ${stderr.trim().slice(-1000)}`);
  return JSON.parse(stdout) as unknown;
}
