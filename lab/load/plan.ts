/** A kind of request that clients send. `GET`s may be sent again by anyone between client and application; `POST`s may not. */
export type RequestKind = "info" | "balance" | "topUp" | "upload";

/** How often each kind is sent, in requests a second, whether or not earlier ones were answered. */
export type Rates = Readonly<Record<RequestKind, number>>;

/** As much as two quick cores carry beside twelve hosts, and enough to see a tenth of a second. */
export const defaultRates: Rates = { info: 20, balance: 10, topUp: 10, upload: 5 };

/** Fewer, for less of a machine. Uploads go first: each is a dozen jobs, and what is asked often shows a gap to the tenth of a second. */
const fewUploads: Rates = { ...defaultRates, upload: 1.25 };
const fewRequests: Rates = { info: 10, balance: 5, topUp: 5, upload: 1.25 };
/** What eighteen hosts leave room for where twelve leave half. */
const fewestRequests: Rates = { info: 4, balance: 2, topUp: 2, upload: 1 };

/**
 * The rates that leave the platform room, by how much of the machine is idle without clients. On two cores of which half was idle,
 * all of them left nothing (2026-11-28).
 */
export function ratesFor(idleShare: number): Rates {
  if (idleShare >= 0.75) return defaultRates;
  if (idleShare >= 0.5) return fewUploads;
  return idleShare >= 0.4 ? fewRequests : fewestRequests;
}

export const requestKinds = Object.keys(defaultRates) as readonly RequestKind[];

/**
 * The application locks an account's row for the whole of each of its payments, so one account has only as many a second as fit
 * one after another: seven where the database is 20 ms away. Clients are many; with this number none waits for itself.
 */
const accountsOfRun = 30;

/** Names of the accounts of a run. */
export function accountsOf(run: string): readonly string[] {
  return Array.from({ length: accountsOfRun }, (_, index) => `${run}-${String(index + 1)}`);
}

/** What the process of the clients is started with. */
export interface LoadPlan {
  /** Host name of the platform, and the address that it has in the lab. */
  domain: string;
  address: string;
  /** File of the certificate authority that clients trust. */
  authority: string;
  rates: Rates;
  /** Accounts that pay in turn, of one run, so that runs do not count each other's payments. */
  accounts: readonly string[];
  /** Longest that a client waits for an answer, longer than any bound. */
  patienceMilliseconds: number;
  /** Longest that clients wait for what is still open once they send nothing more. */
  graceMilliseconds: number;
  /** Every request, one JSON document a line, when it has ended. */
  journal: string;
}

/** A request that has ended. Times are of this machine, in milliseconds. */
export interface Sent {
  kind: RequestKind;
  sentAt: number;
  endedAt: number;
  /** HTTP status; 0 when there was no answer. */
  status: number;
  /** What the platform acknowledged, for what it must keep: the receipt's id, or the data item's. */
  id: string;
  /** Winston credits of a top-up. */
  winc: number;
  /** Why there was no answer. */
  error: string;
}

/** Kinds that change nothing, so that a failed one is a failure of the platform and not a doubt of the client. */
export const idempotentKinds: readonly RequestKind[] = ["info", "balance"];

/** True for a request that the platform has acknowledged. A duplicate upload was acknowledged before. */
export function acknowledged(one: Sent): boolean {
  return one.status === 200 || one.status === 202;
}
