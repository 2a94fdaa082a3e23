import type { ProcessName } from "../types";

/** Connection pools that each process opens, writer and reader apart (app-contract §3.4). */
export const poolsOf: Record<ProcessName, number> = {
  "payment-service": 4,
  "payment-workers": 8,
  "upload-api": 2,
  // Five, and a transient one in the clean-up job.
  "upload-workers": 6,
  "admin-dashboard": 2,
};

/** PgBouncer shares server connections, so this only bounds how many statements of a process wait side by side. */
export const applicationPoolMax = 8;

/** Largest size of one pool; the dashboard's is fixed in its code. */
export const poolMax: Record<ProcessName, number> = {
  "payment-service": applicationPoolMax,
  "payment-workers": applicationPoolMax,
  "upload-api": applicationPoolMax,
  "upload-workers": applicationPoolMax,
  "admin-dashboard": 3,
};
