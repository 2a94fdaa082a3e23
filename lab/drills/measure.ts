import { acknowledged, idempotentKinds, type RequestKind, type Sent } from "../load/plan";

/** What clients saw of a failure. */
export interface Seen {
  /** Longest time from the failure on without an answer to any one of the kinds that count, in seconds. */
  gapSeconds: number;
  failedGets: number;
  failedPosts: number;
  /** On their way when it happened. */
  inFlightGets: number;
  inFlightPosts: number;
}

/** Times in milliseconds: of the failure, and of the last request. */
export interface Window {
  failedAt: number;
  stoppedAt: number;
}

/** A failure takes as long as its commands: a request sent within this may still have met what is lost. */
const happeningMilliseconds = 100;

export function seen(sent: readonly Sent[], kinds: readonly RequestKind[], window: Window): Seen {
  const isGet = (one: Sent): boolean => idempotentKinds.includes(one.kind);
  const failed = sent.filter((one) => !acknowledged(one));
  const inFlight = sent.filter((one) => one.sentAt <= window.failedAt + happeningMilliseconds && one.endedAt >= window.failedAt);
  return {
    gapSeconds: Math.max(0, ...kinds.map((kind) => gapSeconds(sent, kind, window))),
    failedGets: failed.filter(isGet).length,
    failedPosts: failed.filter((one) => !isGet(one)).length,
    inFlightGets: inFlight.filter(isGet).length,
    inFlightPosts: inFlight.filter((one) => !isGet(one)).length,
  };
}

/** From the last acknowledged answer before the failure, over all later silences, to the end: the longest. */
export function gapSeconds(sent: readonly Sent[], kind: RequestKind, { failedAt, stoppedAt }: Window): number {
  const answers = sent
    .filter((one) => one.kind === kind && acknowledged(one) && one.endedAt <= stoppedAt)
    .map(({ endedAt }) => endedAt)
    .sort((a, b) => a - b);
  const before = answers.filter((at) => at <= failedAt).at(-1) ?? failedAt;
  const points = [before, ...answers.filter((at) => at > failedAt), stoppedAt];
  const gaps = points.slice(1).map((at, index) => at - (points[index] ?? at));
  return Math.max(0, ...gaps) / 1000;
}
