import { randomInt } from "node:crypto";
import type { LocalModel } from "./local";
import { between, flag, map, number, text } from "./model";
import { integerAt, isOn, mustText, textAt, UNKNOWN, type Properties } from "./properties";

const UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const LOWER = "abcdefghijklmnopqrstuvwxyz";
const NUMERIC = "0123456789";
/** The real provider's default set (terraform-provider-random). */
const SPECIAL = "!@#$%&*()-_=+[]{}<>:?";

interface Class {
  characters: string;
  least: number;
}

const least = () => number({ default: 0, replaces: true, rule: between(0, 4096) });
const allowed = () => flag({ default: true, replaces: true });

/** A password from the system's random source. `bcryptHash` is not modelled, so it is absent from the outputs. */
const randomPassword: LocalModel = {
  type: "random:index/randomPassword:RandomPassword",
  inputs: {
    length: number({ required: true, replaces: true, rule: between(1, 4096) }),
    keepers: map({ replaces: true }),
    upper: allowed(),
    lower: allowed(),
    numeric: allowed(),
    special: allowed(),
    minUpper: least(),
    minLower: least(),
    minNumeric: least(),
    minSpecial: least(),
    overrideSpecial: text({ replaces: true }),
  },
  outputs: ["result"],
  rule: (inputs) => {
    if (Object.values(inputs).includes(UNKNOWN)) return [];
    const classes = classesOf(inputs);
    const needed = classes.reduce((sum, one) => sum + one.least, 0);
    const length = integerAt(inputs, "length") ?? 0;
    if (classes.every((one) => one.characters === ""))
      return [{ property: "length", reason: "no characters to choose from: allow one of upper, lower, numeric, special" }];
    return length < needed
      ? [{ property: "length", reason: `length ${String(length)} is less than minUpper + minLower + minNumeric + minSpecial, ${String(needed)}` }]
      : [];
  },
  make: (inputs) => Promise.resolve({ id: "none", properties: { result: password(inputs) } }),
};

function classesOf(inputs: Properties): Class[] {
  const special = textAt(inputs, "overrideSpecial") ?? "";
  return [
    { characters: isOn(inputs, "upper") ? UPPER : "", least: integerAt(inputs, "minUpper") ?? 0 },
    { characters: isOn(inputs, "lower") ? LOWER : "", least: integerAt(inputs, "minLower") ?? 0 },
    { characters: isOn(inputs, "numeric") ? NUMERIC : "", least: integerAt(inputs, "minNumeric") ?? 0 },
    { characters: isOn(inputs, "special") ? (special === "" ? SPECIAL : special) : "", least: integerAt(inputs, "minSpecial") ?? 0 },
  ];
}

function password(inputs: Properties): string {
  const classes = classesOf(inputs);
  const drawn = classes.flatMap((one) => draw(one.characters, one.characters === "" ? 0 : one.least));
  const length = integerAt(inputs, "length") ?? 0;
  const all = [...drawn, ...draw(classes.map((one) => one.characters).join(""), length - drawn.length)];
  for (let last = all.length - 1; last > 0; last -= 1) {
    const other = randomInt(last + 1);
    [all[last], all[other]] = [all[other] ?? "", all[last] ?? ""];
  }
  return all.join("");
}

function draw(characters: string, count: number): string[] {
  return Array.from({ length: count }, () => characters.charAt(randomInt(characters.length)));
}

/** A UUID, version 4. */
const randomUuid: LocalModel = {
  type: "random:index/randomUuid:RandomUuid",
  inputs: { keepers: map({ replaces: true }) },
  outputs: ["result"],
  make: () => {
    const result = globalThis.crypto.randomUUID();
    return Promise.resolve({ id: result, properties: { result } });
  },
};

/** Random bytes, as base64 and as hexadecimal text. */
const randomBytesModel: LocalModel = {
  type: "random:index/randomBytes:RandomBytes",
  inputs: { length: number({ required: true, replaces: true, rule: between(1, 4096) }), keepers: map({ replaces: true }) },
  outputs: ["base64", "hex"],
  make: (inputs) => {
    const bytes = Buffer.from(globalThis.crypto.getRandomValues(new Uint8Array(integerAt(inputs, "length") ?? 0)));
    const properties: Properties = { base64: bytes.toString("base64"), hex: bytes.toString("hex") };
    return Promise.resolve({ id: mustText(properties, "base64"), properties });
  },
};

/** The modelled types of @pulumi/random. */
export const randomModels: readonly LocalModel[] = [randomPassword, randomUuid, randomBytesModel];
