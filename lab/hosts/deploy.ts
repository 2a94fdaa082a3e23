import { ownBlueprintOf } from "../engine/blueprint";
import { openLab } from "../engine/lab";
import type { Edition } from "../app/release";
import { artifactValues, editionOf, labArtifacts } from "./artifacts";
import type { HostLab } from "./lab";
import { platformOf } from "./platform";
import { readStart, writeStart } from "./platformFile";
import { ExportedStack } from "./stack";

/**
 * What an operator does first to deploy a release: puts its address and digest into the stack's config, and updates the stack.
 * Launch templates change; hosts take the release when they are replaced.
 */
export async function deployOtherRelease(lab: HostLab): Promise<void> {
  const engine = await openLab();
  const { stack, objects } = lab.blueprint;
  const artifacts = await labArtifacts(objects.kind);
  const start = readStart(lab.layout.platform);
  const edition = editionOf(start.blueprint, artifacts) === "first" ? "second" : "first";
  engine.setValues(stack, artifactValues(artifacts, edition));
  const up = await engine.capture(["up", "--yes", "--skip-preview", "--suppress-outputs"], { stack });
  if (up.status !== 0) throw new Error(`stack ${stack}: cannot be updated to its ${edition} release:\n${up.stdout}${up.stderr}`);
  const platform = platformOf(await ExportedStack.of(engine, stack));
  writeStart(lab.layout.platform, { ...start, platform, blueprint: ownBlueprintOf(stack, engine.stackFileText(stack)) });
}

/** Edition of the release that a host would take now. */
export async function configuredEdition(lab: HostLab): Promise<Edition> {
  return editionOf(readStart(lab.layout.platform).blueprint, await labArtifacts(lab.blueprint.objects.kind));
}
