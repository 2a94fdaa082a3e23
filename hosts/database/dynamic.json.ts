import type { RegionPair, SelfHostedBlueprint } from "../../blueprint/types";

/** Retention of a missing member's replication slot: long enough for a host to be replaced, short enough not to fill the disk. */
const memberSlotsTtl = "30min";
/** Patroni's dynamic configuration, as it is in etcd. */
export interface DynamicConfiguration {
  ttl: number;
  loop_wait: number;
  retry_timeout: number;
  maximum_lag_on_failover: number;
  primary_start_timeout: number;
  primary_stop_timeout: number;
  synchronous_mode: boolean;
  synchronous_node_count: number;
  failsafe_mode: boolean;
  member_slots_ttl: string;
  /** Slots that Patroni keeps; of one that is of a primary cluster, only while it is one. */
  slots?: Record<string, { type: "physical"; cluster_type: "primary" }>;
  postgresql: {
    use_pg_rewind: boolean;
    use_slots: boolean;
    remove_data_directory_on_rewind_failure: boolean;
    remove_data_directory_on_diverged_timelines: boolean;
    parameters: Record<string, string | number | boolean>;
  };
}

/** What all members of the cluster must agree on. */
export function dynamicConfiguration(blueprint: SelfHostedBlueprint): DynamicConfiguration {
  const { database, pair } = blueprint;
  const { patroni } = database;
  return {
    ttl: patroni.ttlSeconds,
    loop_wait: patroni.loopWaitSeconds,
    retry_timeout: patroni.retryTimeoutSeconds,
    maximum_lag_on_failover: patroni.maximumLagOnFailoverBytes,
    primary_start_timeout: patroni.primaryStartTimeoutSeconds,
    primary_stop_timeout: patroni.primaryStopTimeoutSeconds,
    synchronous_mode: patroni.synchronousMode,
    synchronous_node_count: 1,
    failsafe_mode: patroni.failsafeMode,
    member_slots_ttl: memberSlotsTtl,
    ...(pair === null ? {} : { slots: { [pair.slot]: { type: "physical", cluster_type: "primary" } } }),
    postgresql: {
      use_pg_rewind: true,
      use_slots: true,
      // The old primary of a failover must come back by itself; its own copy is worth nothing once it has diverged.
      remove_data_directory_on_rewind_failure: true,
      remove_data_directory_on_diverged_timelines: true,
      parameters: database.parameters,
    },
  };
}

/** How a region's cluster follows the other region's. */
export interface StandbyCluster {
  host: string;
  port: number;
  primary_slot_name: string;
  create_replica_methods: string[];
}

/**
 * The other region's members, of which Patroni follows the one that takes writes: with several hosts and a slot it sets libpq's
 * `target_session_attrs=read-write` (Patroni 4.0.7, postgresql/config.py; documentation, standby cluster).
 */
export function standbyCluster({ other, slot }: RegionPair, port: number): StandbyCluster {
  const members = other.hosts.filter(({ role }) => role === "database");
  return { host: members.map(({ address }) => address).join(","), port, primary_slot_name: slot, create_replica_methods: ["basebackup"] };
}

/** What a new cluster begins with. The second region's begins by following; from then on that is not the files' to say. */
export function firstConfiguration(blueprint: SelfHostedBlueprint): DynamicConfiguration & { standby_cluster?: StandbyCluster } {
  const { pair, site, database } = blueprint;
  const follows = pair !== null && site === "standby";
  return { ...dynamicConfiguration(blueprint), ...(follows ? { standby_cluster: standbyCluster(pair, database.port) } : {}) };
}
