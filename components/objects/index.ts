import * as pulumi from "@pulumi/pulumi";
import type { Bucket } from "../../blueprint/types";
import type { Grant } from "../grant";
import { isManaged, type AnyFoundation } from "../host/foundation";
import { Minio } from "./minio";
import { S3, type KeptBucket } from "./s3";

/** Where data items live. Same outputs whatever it is made of. */
export interface ObjectStore extends pulumi.Resource {
  /** What an application host's role may do with it; empty when the application has keys of its own. */
  readonly applicationStatements: Grant[];
  readonly instanceIds: Map<string, pulumi.Output<string>>;
  /** Buckets of S3 by purpose; none where the store is own hosts. */
  readonly buckets: ReadonlyMap<Bucket["purpose"], KeptBucket>;
}

/** The object store that the blueprint asks for. */
export function objectStore(name: string, foundation: AnyFoundation, opts: pulumi.ComponentResourceOptions): ObjectStore {
  return isManaged(foundation) || foundation.blueprint.objects.kind === "s3" ? new S3(name, foundation, opts) : new Minio(name, foundation, opts);
}
