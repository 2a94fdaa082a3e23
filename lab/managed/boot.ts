import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { ManagedBlueprint } from "../../blueprint/types";
import { blueprintOf } from "../engine/blueprint";
import { destroyStack } from "../engine/destroy";
import type { Lab } from "../engine/lab";
import { artifactValues, labArtifacts, storedFile, storedFiles } from "../hosts/artifacts";
import { untilFaultless, type Say } from "../hosts/boot";
import { HostLab, needHostPrograms } from "../hosts/lab";
import { Layout } from "../hosts/layout";
import { makeAuthority, type Certified } from "../hosts/outside/authority";
import type { StoredFile } from "../hosts/outside/files";
import { ExportedStack } from "../hosts/stack";
import { debianRoot } from "../debian/root";
import { SetupFault } from "../setup/fault";
import { startBalancers } from "./balancers";
import { managedFaults } from "./health";
import { serveNames } from "./names";
import { managedPlatform } from "./platform";
import { pairs, Service } from "./services";

/** Brings a stack of managed services up in the lab's cloud, and boots machines of its groups beside what AWS would run. The platform is whole when this answers. */
export async function bootManaged(lab: Lab, stack: string, say: Say): Promise<HostLab<ManagedBlueprint>> {
  await needHostPrograms();
  const artifacts = await labArtifacts("s3");
  await HostLab.prepare(lab.home);
  if (lab.stackExists(stack) && blueprintOf(stack, lab.stackFileText(stack)).hosting !== "managed") {
    say(`stack ${stack} is of own hosts: it is destroyed first`);
    await destroyStack(lab, stack, false);
  }
  const authority = await makeAuthority();
  lab.setValues(stack, {
    ...artifactValues(artifacts),
    hosting: "managed",
    databaseCaSha256: createHash("sha256").update(authority.certificate).digest("hex"),
  });
  const blueprint = blueprintOf(stack, lab.stackFileText(stack));
  if (blueprint.hosting !== "managed") throw new SetupFault(`Stack ${stack}: hosting is ${blueprint.hosting}, needed managed`);
  await lab.ensureStack(stack);
  const up = await lab.capture(["up", "--yes", "--skip-preview", "--suppress-outputs"], { stack });
  if (up.status !== 0) {
    await HostLab.stop(lab.home);
    throw new SetupFault(`Stack ${stack}: cannot be brought up:\n${up.stdout}${up.stderr}`);
  }
  const exported = await ExportedStack.of(lab, stack);
  say(`stack ${stack} is up on the embedded cloud`);
  const files = [...storedFiles(blueprint, artifacts), ...ownFiles(Layout.of(lab.home), blueprint, exported, authority)];
  const hosts = await HostLab.start(lab.home, { platform: managedPlatform(exported), blueprint, files }, authority, say, (made) =>
    startServices(made, authority, say),
  );
  await untilFaultless(hosts, managedFaults, say);
  return hosts;
}

/** What is in buckets and was not made for the lab: the stack's own object, and the authority of the database's certificate. */
function ownFiles(layout: Layout, blueprint: ManagedBlueprint, exported: ExportedStack, authority: Certified): StoredFile[] {
  const directory = join(layout.directory, "objects");
  mkdirSync(directory, { recursive: true });
  const objects = exported.all("aws:s3/bucketObjectv2:BucketObjectv2", z.object({ bucket: z.string(), key: z.string(), contentBase64: z.string() }));
  const bundle = join(directory, "authority.pem");
  writeFileSync(bundle, authority.certificate);
  return [
    ...objects.map(({ outputs: { bucket, key, contentBase64 } }) => {
      const file = join(directory, key);
      writeFileSync(file, Buffer.from(contentBase64, "base64"));
      return { bucket, key, file };
    }),
    storedFile(blueprint.database.authority.url, bundle),
  ];
}

async function startServices(lab: HostLab<ManagedBlueprint>, authority: Certified, say: Say): Promise<void> {
  const root = await debianRoot("baked");
  await Promise.all(lab.services().map((service) => service.make(root)));
  await serveNames(lab, { postgres: lab.host("postgres-a"), cache: lab.host("cache-a"), queues: lab.host("queues-a"), payment: lab.host("nlb") });
  await Promise.all([startBalancers(lab, authority), ...pairs.map((name) => new Service(lab, name).begin(authority))]);
  say(`${String(lab.services().length)} servers of managed services run`);
}
