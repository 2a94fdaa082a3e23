import type { Knex } from "knex";
import type { Pools } from "../../../common/pools";
import type { Cache } from "../arch/cache";
import type { ObjectStore } from "../arch/objectStore";
import type { PaymentClient } from "../arch/paymentClient";
import type { Wallet } from "../arch/wallet";

/** What the jobs work with. */
export interface JobParts {
  pools: Pools;
  /** The one more writer pool that offsets and partitions have. */
  extraWriter: Knex;
  objects: ObjectStore;
  cache: Cache;
  payment: PaymentClient;
  wallet: Wallet;
}
