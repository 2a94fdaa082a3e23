import { balancerCheck } from "../blueprint/selfHosted/edge";
import type { DataProxy, Host, SelfHostedBlueprint, Singleton } from "../blueprint/types";
import type { Basis } from "./figure";

/** One wait of a recovery, one after the other with the others. */
export interface Wait {
  what: string;
  seconds: number;
  /** Absent: computed from what is rendered, or read in the source of the program that waits. */
  basis?: Exclude<Basis, "formula">;
}

/** How long the platform is away after a failure, at most: the sum of the waits. */
export interface Bound {
  seconds: number;
  waits: Wait[];
}

/** What can break, by the name of its drill. */
export type Failure =
  | "database-primary-host-lost"
  | "database-primary-host-lost-without-witnesses"
  | "database-primary-frozen"
  | "postgres-killed"
  | "disk-full"
  | "patroni-killed"
  | "database-standby-lost"
  | "etcd-quorum-lost"
  | "planned-switchover"
  | "redis-master-host-lost"
  | "redis-restarted"
  | "edge-host-lost"
  | "haproxy-killed"
  | "api-host-lost"
  | "api-process-lost"
  | "api-process-hung"
  | "worker-host-lost"
  | "payment-workers-host-lost"
  | "objects-host-lost"
  | "objects-zone-lost"
  | "zone-lost"
  | "slow-network"
  | "rolling-deploy"
  | "power-cycle";

/** Patroni asks every member before it promotes itself, and waits this long for one that does not answer (patroni/ha.py, fetch_node_status: timeout 2 s). */
const memberQuestionSeconds = 2;
/** One look at the volume's room, which asks the standby for its own, on a busy host. */
const roomLookItselfSeconds = 1.5;
/** From the decision to a primary that takes writes; measured by the drills: 0.2 to 0.5 s. */
export const promoted: Wait = { what: "the standby is promoted", seconds: 0.5, basis: "drill" };
/** The second in which data proxies are told (hosts/database/beforeStop.ts), a checkpoint, and the end of PostgreSQL; measured by the drills. */
const orderlyStopSeconds = 3;
/** A Sentinel looks as often as its down-after says, but at least once a second (redis sentinel.c, SENTINEL_PING_PERIOD). */
const sentinelPingSeconds = 1;
/** A Sentinel that calls the master down asks the others; the last of the quorum to see it down asks at once (redis sentinel.c, SENTINEL_TIMER_PERIOD). */
const sentinelAgreeSeconds = 0.1;
/** Votes, the choice of a replica and `REPLICAOF NO ONE`, each at a tick of its own: four of 0.1 s (redis sentinel.c, sentinelFailoverStateMachine). */
const sentinelElectionSeconds = 0.4;
/** A Sentinel believes the promotion when it reads it, and it reads once a second (redis sentinel.c, sentinelSendPeriodicCommands). */
const sentinelInfoSeconds = 1;
/** Sentinel tells the other replica at once; a part of the data or all of what the queues hold follows. */
const replicaFollowsSeconds = 0.3;
/** The agent sees the flag and calls EC2, whose own time is not in this: in the lab the call takes under 0.1 s, on AWS some seconds. */
const addressMoveSeconds = 0.2;
/** BullMQ gives a job to another worker when its lock (30 s) was not renewed and the next look for stalled jobs (30 s) finds that; the application's settings. */
const jobLockSeconds = 30;
const stalledLookSeconds = 30;
/** A job of the application that is begun again. */
const jobSeconds = 10;
/** Longest start of one of the application's processes, migrations looked at; measured: 3 to 8 s on two busy cores. */
const processStartSeconds = 15;
/** Longest first boot of a baked host in the lab; a plain one installs its packages first. */
const bootSeconds = 120;
/** Until every one of MinIO's hosts has left a lost host's drives out; measured by the drills: up to 2 s a host. */
const peerLeftOutSeconds = 3;
/** What an answer takes when nothing is wrong, on two busy cores. */
export const answerSeconds = 0.5;
const uploadSeconds = 0.3;
/** Measured, and its cause likely, not shown: in the lab all hosts' volumes are files of one disk, on which a new host is unpacked. On EC2 each host has its own. */
const newHostOnTheSameDisk: Wait = { what: "a commit waits while a new host is unpacked on the lab's one disk", seconds: 1, basis: "drill" };

/** The bound of each failure, from the very timings that are rendered into the hosts. The part of AWS's own calls is not in it. */
export function recoveryBound(blueprint: SelfHostedBlueprint, failure: Failure): Bound {
  return boundOf(waitsOf(blueprint)[failure]());
}

/** Waits one after the other, as a bound to the hundredth of a second. */
export function boundOf(waits: Wait[]): Bound {
  return { waits, seconds: Math.round(totalSeconds(waits) * 100) / 100 };
}

export function totalSeconds(waits: readonly Wait[]): number {
  return waits.reduce((sum, { seconds }) => sum + seconds, 0);
}

/** From a primary that takes writes to the first that clients see answered. */
export function primaryFollowed(proxy: DataProxy): Wait[] {
  return [
    { what: "the data proxy finds the new primary", seconds: (proxy.checkIntervalMilliseconds / 1000) * proxy.checkRise },
    connectionLooksAgain(proxy),
    { what: "answer", seconds: answerSeconds },
  ];
}

function connectionLooksAgain({ leaderTryMilliseconds }: DataProxy): Wait {
  return { what: "a connection that waits looks again", seconds: leaderTryMilliseconds / 1000 };
}

/** A lost worker's jobs, whoever runs the queues. */
export const workerLost: Wait[] = [
  { what: "the lost worker's locks end", seconds: jobLockSeconds },
  { what: "another worker looks for stalled jobs", seconds: stalledLookSeconds },
  { what: "the job is done again", seconds: jobSeconds },
];

/** The lost host of the one `payment-workers`, whoever keeps its lease. */
export function singletonLost({ leaseSeconds, renewSeconds }: Singleton): Wait[] {
  return [
    { what: "its lease ends", seconds: leaseSeconds },
    { what: "the other host's next try", seconds: renewSeconds },
    { what: "payment-workers starts", seconds: processStartSeconds, basis: "drill" },
  ];
}

/**
 * Writes per failure that may be acknowledged and lost. Only a Redis master that is cut off with clients on its side may lose
 * any: it takes writes until its replicas have been silent for longer than max-lag, and those are discarded when it returns.
 */
export function lossWindowSeconds(blueprint: SelfHostedBlueprint): number {
  // Redis counts the lag once a second (redis replication.c, refreshGoodSlavesCount), and a replica answers once a second.
  return blueprint.redis.minReplicasMaxLagSeconds + 2;
}

function waitsOf(blueprint: SelfHostedBlueprint): Record<Failure, () => Wait[]> {
  const { database, proxy, redis, edge, singleton, objects } = blueprint;
  const { patroni, witness } = database;
  const proxyCheck = proxy.checkIntervalMilliseconds / 1000;
  const lookAgain = connectionLooksAgain(proxy);
  const follow = primaryFollowed(proxy);
  const takeOver: Wait[] = [{ what: "the standby asks the member that is gone", seconds: memberQuestionSeconds }, promoted, ...follow];
  const verdict: Wait = { what: "two witnesses agree", seconds: (witness.probeIntervalMilliseconds + witness.verdictMilliseconds) / 1000 };
  const leaseEnds: Wait = { what: "the lease ends", seconds: patroni.ttlSeconds };
  const nextLoop: Wait = { what: "Patroni's next look", seconds: patroni.loopWaitSeconds };
  const redisFollow: Wait = { what: "the data proxy finds the new master", seconds: proxyCheck * proxy.checkRise };
  const redisTakeOver: Wait[] = [
    { what: "the next look at the master", seconds: Math.min(sentinelPingSeconds, redis.sentinel.downAfterMilliseconds / 1000) },
    { what: "a Sentinel calls the master down", seconds: redis.sentinel.downAfterMilliseconds / 1000 },
    { what: "a second one agrees", seconds: sentinelAgreeSeconds },
    { what: "a replica is chosen and told", seconds: sentinelElectionSeconds },
    { what: "its promotion is read", seconds: sentinelInfoSeconds },
    { what: "another replica follows it, without which it takes no writes", seconds: replicaFollowsSeconds },
    redisFollow,
    lookAgain,
    { what: "answer", seconds: uploadSeconds },
  ];
  const { vrrp, http } = edge;
  // VRRP (RFC 5798): three advertisements and the skew, which is less than one.
  const vrrpDown: Wait = { what: "the backup misses the master", seconds: vrrp.advertSeconds * 4 };
  const moved: Wait = { what: "the address moves", seconds: addressMoveSeconds, basis: "drill" };
  const edgeLost: Wait[] =
    edge.kind === "keepalived"
      ? [vrrpDown, moved]
      : [{ what: "the load balancer's checks fail", seconds: balancerCheck.intervalSeconds * balancerCheck.count + balancerCheck.timeoutSeconds }];
  const lostServer: Wait[] = [
    { what: "a connection to the lost server is given up", seconds: http.connectMilliseconds / 1000 },
    { what: "the edge stops asking it", seconds: (http.checkFall * http.checkFastIntervalMilliseconds) / 1000 },
    { what: "answer", seconds: answerSeconds },
  ];
  const { minio } = objects;
  const lostPeers = (hosts: number): Wait[] => [
    // Linux net/ipv4/tcp_timer.c: 0.2 s × (2^(retries + 1) − 1), and 1 s × (2^(retries + 1) − 1) for a first packet.
    { what: "a connection to the lost host is given up", seconds: 0.2 * (2 ** ((minio?.peerRetries ?? 0) + 1) - 1) },
    { what: "no new one is made", seconds: 2 ** ((minio?.peerSynRetries ?? 0) + 1) - 1 },
    { what: "every host has left the lost drives out", seconds: peerLeftOutSeconds * hosts, basis: "drill" },
    ...lostServer,
  ];
  const hostLost = [witnessesJudge(blueprint) ? verdict : leaseEnds, ...takeOver];
  return {
    "database-primary-host-lost": () => hostLost,
    "database-primary-host-lost-without-witnesses": () => [leaseEnds, ...takeOver],
    "database-primary-frozen": () => [
      // etcd says whole seconds of what is left.
      ...(witnessesJudge(blueprint) ? [{ what: "its lease is overdue", seconds: witness.renewalOverdueSeconds + 1 }, verdict] : [leaseEnds]),
      ...takeOver,
    ],
    "postgres-killed": () => [nextLoop, ...takeOver],
    "disk-full": () => [
      { what: "the next look at the volume's room", seconds: database.roomLookSeconds + roomLookItselfSeconds },
      { what: "the primary stops, or is killed", seconds: patroni.primaryStopTimeoutSeconds },
      ...takeOver,
    ],
    "patroni-killed": () => [
      { what: "PostgreSQL goes on while Patroni starts again", seconds: 0 },
      { what: "answer", seconds: answerSeconds * 2 },
    ],
    "database-standby-lost": () => [
      { what: "the primary gives the standby up", seconds: database.walSenderTimeoutMilliseconds / 1000 },
      nextLoop,
      { what: "another standby becomes synchronous", seconds: memberQuestionSeconds },
      { what: "answer", seconds: answerSeconds },
    ],
    "etcd-quorum-lost": () => [
      { what: "the primary goes on while every member says that it may", seconds: 0 },
      { what: "answer", seconds: answerSeconds * 2 },
    ],
    // The member that stops is there to be asked.
    "planned-switchover": () => [{ what: "the primary stops in good order", seconds: orderlyStopSeconds, basis: "drill" }, promoted, ...follow],
    "redis-master-host-lost": () => redisTakeOver,
    // It waits until the Sentinels have chosen.
    "redis-restarted": () => redisTakeOver,
    "edge-host-lost": () => [...edgeLost, { what: "answer", seconds: 0.3 }],
    "haproxy-killed": () =>
      edge.kind === "keepalived" ? [{ what: "keepalived's script fails", seconds: vrrp.scriptIntervalSeconds * vrrp.scriptFall }, moved] : edgeLost,
    "api-host-lost": () => lostServer,
    "api-process-lost": () => lostServer,
    "api-process-hung": () => [
      { what: "the edge's check is not answered", seconds: (http.checkIntervalMilliseconds + http.checkFall * http.checkFastIntervalMilliseconds) / 1000 },
      { what: "answer", seconds: answerSeconds },
    ],
    "worker-host-lost": () => workerLost,
    "payment-workers-host-lost": () => singletonLost(singleton),
    "objects-host-lost": () => lostPeers(1),
    "objects-zone-lost": () => lostPeers(mostInAZone(blueprint, "objects")),
    // The parts fail together and recover side by side; the promise of the level is a minute.
    "zone-lost": () => [...hostLost, ...redisTakeOver, ...edgeLost, ...lostServer],
    "slow-network": () => [{ what: "the wait of a failover, should one be needed", seconds: totalSeconds(hostLost) }],
    "rolling-deploy": () => [...lostServer, newHostOnTheSameDisk],
    "power-cycle": () => [
      { what: "hosts boot", seconds: bootSeconds },
      { what: "processes start", seconds: processStartSeconds },
      { what: "the database's lease ends, should nobody have given it up", seconds: patroni.ttlSeconds },
      ...takeOver,
    ],
  };
}

/**
 * Whether witnesses end a dead primary's lease: with a synchronous standby, and a quorum of them left when the host of one
 * is lost too. Without, the lease ends by itself.
 */
export function witnessesJudge({ database, hosts }: SelfHostedBlueprint): boolean {
  const witnesses = hosts.filter(({ role }) => role === "redis").length;
  return database.patroni.synchronousMode && witnesses - 1 >= database.witness.quorum;
}

function mostInAZone({ hosts }: SelfHostedBlueprint, role: Host["role"]): number {
  const zones = hosts.filter((host) => host.role === role).map(({ zone }) => zone);
  return Math.max(0, ...zones.map((zone) => zones.filter((one) => one === zone).length));
}
