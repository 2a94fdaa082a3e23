import * as s3 from "@pulumi/aws/s3";
import * as pulumi from "@pulumi/pulumi";
import type { ManagedBlueprint } from "../../blueprint/types";
import { programsArchive } from "../../hosts/app/programs";
import { Component } from "../component";

export interface ProgramsArgs {
  blueprint: ManagedBlueprint;
}

/** The platform's own programs for machines of groups, in a bucket: their user data names the archive by its SHA-256. */
export class Programs extends Component {
  /** What must be there when a machine boots. */
  public readonly archive: pulumi.Resource;

  public constructor(name: string, { blueprint }: ProgramsArgs, opts: pulumi.ComponentResourceOptions) {
    super("ha:app:Programs", name, opts);
    const { key, bytes, artifact } = programsArchive(blueprint);
    const bucket = new s3.Bucket(`${name}-bucket`, { bucket: blueprint.programs.bucket, forceDestroy: true }, { parent: this });
    const on = { bucket: bucket.id };
    // A machine of the version before may boot while the stack is updated, and a roll-back needs the archive before.
    const versioning = new s3.BucketVersioning(`${name}-versioning`, { ...on, versioningConfiguration: { status: "Enabled" } }, { parent: this });
    new s3.BucketPublicAccessBlock(
      `${name}-access`,
      { ...on, blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true },
      { parent: this },
    );
    new s3.BucketOwnershipControls(`${name}-ownership`, { ...on, rule: { objectOwnership: "BucketOwnerEnforced" } }, { parent: this });
    this.archive = new s3.BucketObjectv2(
      `${name}-archive`,
      { ...on, key, contentBase64: bytes.toString("base64"), contentType: "application/x-tar" },
      { parent: this, dependsOn: [versioning], retainOnDelete: true },
    );
    this.publish({ bucket: blueprint.programs.bucket, sha256: artifact.sha256 });
  }
}
