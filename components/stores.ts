import type * as pulumi from "@pulumi/pulumi";
import { database, type Database } from "./database";
import type { AnyFoundation } from "./host/foundation";
import { objectStore, type ObjectStore } from "./objects";
import { redis, type Redis } from "./redis";

/** All that keeps data, of one hosting. */
export interface Stores {
  objects: ObjectStore;
  redis: Redis;
  database: Database;
}

/** The stores that the blueprint asks for; `shared` is the object store of the other hosting, where both keep objects in the same. */
export function stores(name: string, foundation: AnyFoundation, shared: ObjectStore | null, opts: pulumi.ComponentResourceOptions): Stores {
  return {
    objects: shared ?? objectStore(`${name}-objects`, foundation, opts),
    redis: redis(`${name}-redis`, foundation, opts),
    database: database(`${name}-database`, foundation, opts),
  };
}
