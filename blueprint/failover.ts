/** The fastest that Route 53 has: half a minute until it answers with the other region. */
export const fastestFailover = { requestIntervalSeconds: 10, failureThreshold: 3 };
