import assert from "node:assert/strict";
import { artifactValues, editionOf, storedFiles } from "../../../lab/hosts/artifacts";
import { wantedObjects } from "../../../lab/hosts/boot";
import { goodBlueprint } from "../../fixtures/good";

const artifact = { file: "/tmp/file", sha256: "a".repeat(64) };
const second = { file: "/tmp/second", sha256: "b".repeat(64) };
const artifacts = { releases: { first: artifact, second }, node: artifact };

describe("the objects of a lab's platform", () => {
  it("are on S3 unless MinIO is asked for, and nothing else can be", () => {
    assert.equal(wantedObjects(undefined), "s3");
    assert.equal(wantedObjects(""), "s3");
    assert.equal(wantedObjects("minio"), "minio");
    assert.throws(() => wantedObjects("ceph"), /OBJECTS=ceph: needed s3 or minio/);
  });

  it("bring MinIO's program and the settings that take it, where the lab has built it", () => {
    const values = artifactValues({ ...artifacts, minio: artifact });
    assert.equal(values["objectStore"], "minio");
    assert.equal(values["minioSha256"], artifact.sha256);
    assert.ok(!("objectStore" in artifactValues(artifacts)));
  });

  it("are known by their digest, and the second release has an address of its own", () => {
    const values = artifactValues(artifacts, "second");
    assert.equal(editionOf(goodBlueprint(artifactValues(artifacts)), artifacts), "first");
    assert.equal(editionOf(goodBlueprint(values), artifacts), "second");
    assert.notEqual(values["releaseUrl"], goodBlueprint().artifacts.release.url);
  });

  it("are stored where the stack looks for them", () => {
    const files = storedFiles(goodBlueprint(), { ...artifacts, minio: artifact });
    assert.deepEqual(
      files.map(({ bucket, key }) => `${bucket}/${key}`),
      ["bundler-example-artifacts/release.tar.gz", "lab-artifacts/release.tar.gz", "bundler-example-artifacts/node-linux-x64.tar.gz", "lab-artifacts/minio"],
    );
    assert.throws(() => storedFiles(goodBlueprint({ releaseUrl: "https://example.com/r.tar.gz" }), artifacts), /s3:\/\//);
  });
});
