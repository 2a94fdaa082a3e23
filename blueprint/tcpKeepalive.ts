import type { TcpKeepalive } from "./types";

/** Measured with wal_sender_timeout: 5/2/3 and 8 s bound the stall that a vanished peer causes (kernel defaults: two hours). */
export const tcpKeepalive: TcpKeepalive = { idleSeconds: 5, intervalSeconds: 2, count: 3, userTimeoutMilliseconds: 8000 };
