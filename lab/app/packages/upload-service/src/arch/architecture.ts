import { value } from "../../../common/environment";
import { openPools, type Pools } from "../../../common/pools";
import { walletText } from "../constants";
import { Cache } from "./cache";
import { uploadDatabase } from "./db/name";
import { ObjectStore } from "./objectStore";
import { PaymentClient } from "./paymentClient";
import { Wallet } from "./wallet";

/** What both processes of uploads have. */
export interface Architecture {
  pools: Pools;
  objects: ObjectStore;
  cache: Cache;
  payment: PaymentClient;
  wallet: Wallet;
}

/** To be called once in a process, after its requirements were checked. */
export function makeArchitecture(): Architecture {
  return {
    pools: openPools(uploadDatabase),
    objects: new ObjectStore(value("DATA_ITEM_BUCKET") ?? ""),
    cache: new Cache(),
    payment: new PaymentClient(),
    wallet: new Wallet(walletText ?? ""),
  };
}
