import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { models } from "../../../lab/cloud/aws/catalogue";
import type { Fields, Model, Shape } from "../../../lab/cloud/model";
import { randomModels } from "../../../lab/cloud/random";
import { tlsModels } from "../../../lab/cloud/tls";

/** The generated class of a type token: `aws:ec2/vpc:Vpc` is @pulumi/aws/ec2/vpc.js. */
function classFile(type: string, ending: string): string {
  const [pkg = "", module = ""] = type.split(":");
  const path = module.startsWith("index/") ? module.slice("index/".length) : module;
  return readFileSync(require.resolve(`@pulumi/${pkg}/package.json`).replace("package.json", `${path}${ending}`), "utf8");
}

const inputTypes = new Map<string, string>();
function inputType(pkg: string): string {
  const known = inputTypes.get(pkg) ?? readFileSync(require.resolve(`@pulumi/${pkg}/package.json`).replace("package.json", "types/input.d.ts"), "utf8");
  inputTypes.set(pkg, known);
  return known;
}

/** Members of an interface, with the type that each one names, e.g. `inputs.ec2.InstanceLaunchTemplate`. */
function members(source: string, name: string, namespace?: string): Map<string, string> {
  const from = namespace === undefined ? 0 : source.indexOf(`export declare namespace ${namespace} {`);
  const start = source.slice(from).search(new RegExp(`interface ${name} \\{`)) + from;
  assert.ok(start >= from, `the SDK has no ${name}`);
  const indent = namespace === undefined ? "" : "    ";
  const body = source.slice(start, source.indexOf(`\n${indent}}`, start));
  return new Map([...body.matchAll(new RegExp(`\\n${indent}    (\\w+)\\??: ([^;]+);`, "g"))].map((match) => [match[1] ?? "", match[2] ?? ""]));
}

function unknownMembers(pkg: string, fields: Fields, known: Map<string, string>, path: string): string[] {
  return Object.entries(fields).flatMap(([key, shape]) => {
    const type = known.get(key);
    if (type === undefined) return [`${path}${key}`];
    const inner = innermost(shape);
    const named = /inputs\.(?:(\w+)\.)?(\w+)/.exec(type);
    if (inner.kind !== "object" || named === null) return [];
    return unknownMembers(pkg, inner.fields, members(inputType(pkg), named[2] ?? "", named[1]), `${path}${key}.`);
  });
}

function innermost(shape: Shape): Shape {
  return shape.kind === "list" ? innermost(shape.of) : shape;
}

const all: Model[] = [...models.values(), ...randomModels, ...tlsModels];

describe("embedded cloud: the models against the SDK", () => {
  for (const model of all) {
    it(`${model.type} has only properties that the SDK has, and requires what the SDK requires`, () => {
      const [pkg = "", , name = ""] = model.type.split(":");
      const script = classFile(model.type, ".js");
      assert.ok(script.includes(`__pulumiType = '${model.type}'`), "the type token is not the SDK's");
      const known = members(classFile(model.type, ".d.ts"), `${name}Args`);
      assert.deepEqual(unknownMembers(pkg, model.inputs, known, ""), []);
      const written = new Set([...script.matchAll(/resourceInputs\["(\w+)"\]/g)].map((match) => match[1]));
      assert.deepEqual(
        model.outputs.filter((output) => !written.has(output)),
        [],
      );
      const required = [...script.matchAll(/Missing required property '(\w+)'/g)].map((match) => match[1] ?? "");
      assert.deepEqual(
        required.filter((key) => model.inputs[key]?.required !== true),
        [],
      );
    });
  }
});
