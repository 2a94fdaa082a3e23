import type { Singleton } from "./types";

/** Both worker hosts may run payment-workers, one does. A lost host's lease ends after 15 s, so the other runs it well within a minute. */
export const singleton: Singleton = { key: "/bundler/singleton/payment-workers", leaseSeconds: 15, renewSeconds: 3 };
