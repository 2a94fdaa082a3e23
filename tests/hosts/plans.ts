import assert from "node:assert/strict";
import type { Host, HostRole } from "../../blueprint/types";
import type { Blueprint } from "../../blueprint/types";
import type { HostPlan } from "../../hosts/types";

/** The host with this name. Fails when the blueprint has none. */
export function hostNamed(blueprint: Blueprint, name: string): Host {
  const host = blueprint.hosts.find((one) => one.name === name);
  assert.ok(host, `the blueprint has no host ${name}`);
  return host;
}

/** All hosts of a role. */
export function hostsWith(blueprint: Blueprint, role: HostRole): Host[] {
  return blueprint.hosts.filter((host) => host.role === role);
}

/** Content of the file that a plan puts at a path. Fails when it puts none there. */
export function contentOf(plan: HostPlan, path: string): string {
  const file = plan.files.find((one) => one.path === path);
  assert.ok(file, `the plan has no file ${path}; it has ${plan.files.map((one) => one.path).join(", ")}`);
  return file.content;
}

/** Fails when a path is made twice, a unit is started that no file or package could bring, or a file below `/run` is not a boot secret. */
export function assertPlanIsWhole(plan: HostPlan): void {
  const paths = [...plan.files, ...plan.secrets].map((one) => one.path);
  assert.deepEqual(paths, [...new Set(paths)], "a path is made twice");
  for (const file of plan.files) {
    assert.match(file.path, /^\/(etc|usr\/local\/lib\/bundler)\//);
    assert.match(file.mode, /^0[0-7]{3}$/);
    assert.ok(file.content.endsWith("\n"), `${file.path} does not end its last line`);
    assert.equal(file.owner, "root:root", `${file.path} is written before packages make its owner`);
  }
  for (const secret of plan.secrets) {
    assert.match(secret.path, /^\/run\/bundler\//);
    assert.match(secret.mode, /^0(600|400|644)$/);
    const forms = [secret.parts, secret.environment, secret.template].filter((form) => form !== undefined);
    assert.equal(forms.length, 1, `${secret.path} needs one of parts, environment and template`);
  }
}

/** Directive values of a rendered unit, by `Section.Directive`. */
export function directives(unit: string): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  let section = "";
  for (const line of unit.split("\n")) {
    const heading = /^\[(\w+)\]$/.exec(line);
    if (heading?.[1] !== undefined) {
      section = heading[1];
    } else if (line !== "") {
      const at = line.indexOf("=");
      const key = `${section}.${line.slice(0, at)}`;
      found[key] = [...(found[key] ?? []), line.slice(at + 1)];
    }
  }
  return found;
}
