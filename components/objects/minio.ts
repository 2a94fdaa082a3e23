import * as pulumi from "@pulumi/pulumi";
import type { Bucket } from "../../blueprint/types";
import { Component } from "../component";
import type { Grant } from "../grant";
import { fleet } from "../host/fleet";
import type { OwnFoundation } from "../host/foundation";
import type { ObjectStore } from "./index";
import type { KeptBucket } from "./s3";

/** MinIO, distributed: its hosts, each with its drives. Buckets and the application's key are made by the first host, and of two regions the first one's joins both as sites. */
export class Minio extends Component implements ObjectStore {
  public readonly applicationStatements: Grant[] = [];
  public readonly instanceIds: Map<string, pulumi.Output<string>>;
  public readonly buckets = new Map<Bucket["purpose"], KeptBucket>();

  public constructor(name: string, foundation: OwnFoundation, opts: pulumi.ComponentResourceOptions) {
    super("ha:objects:Minio", name, opts);
    const { objects, hosts } = foundation.blueprint;
    if (objects.minio === null) throw new Error("objects: kind is minio, and its layout is missing");
    this.instanceIds = fleet(this, name, foundation, "objects", []);
    this.publish({
      kind: "minio",
      buckets: objects.buckets.map((bucket) => bucket.name),
      hosts: hosts.filter((host) => host.role === "objects").map(({ name: host, zone }) => ({ host, zone })),
      drivesPerHost: objects.minio.drivesPerHost,
      parity: objects.minio.parity,
      sites: objects.minio.sites,
      program: objects.minio.artifact.sha256,
      lifecycle: objects.lifecycle,
    });
  }
}
