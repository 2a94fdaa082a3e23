import { matching, object, set, text, type Failure, type Fields, type Shape } from "../model";
import { hasUnknown, objectAt, objectsAt, textAt, textsAt, type Properties } from "../properties";
import { isBlock } from "./cidr";
import { Refusal } from "./fault";

/** Most values, and most of the wildcards * and ?, in all conditions of a rule (ALB user guide, quotas). */
const QUOTA = { values: 5, wildcards: 6 };

/** Kinds that a rule has at most once; the others may repeat (Elastic Load Balancing API, RuleCondition). */
const ONCE = ["hostHeader", "httpRequestMethod", "pathPattern", "sourceIp"];

const short = matching(/^.{1,128}$/, "expected 1 to 128 characters");
const values = (rule: (value: string) => string | undefined): Shape => set(text({ rule }), { required: true });
/** Wildcard patterns, or regular expressions instead of them. */
const patterns = (rule: (value: string) => string | undefined): Fields => ({ values: set(text({ rule })), regexValues: set(text({ rule: expression })) });

/** Forms of values: ALB user guide, condition types. */
const fields = {
  hostHeader: object(
    patterns((host) =>
      host.length <= 128 && /^[A-Za-z0-9\-.*?]*\.[A-Za-z*?]+$/.test(host)
        ? undefined
        : `expected a host name of at most 128 letters, digits and -.*? with a dot and letters after the last one, got ${host}`,
    ),
  ),
  pathPattern: object(patterns(matching(/^[A-Za-z0-9_\-.$/~"'@:+&*?]{1,128}$/, `expected 1 to 128 letters, digits and _-.$/~"'@:+&*?`))),
  httpRequestMethod: object({ values: values(matching(/^[A-Z_-]{1,40}$/, "expected 1 to 40 capital letters, - and _")) }),
  httpHeader: object({
    httpHeaderName: text({ required: true, rule: matching(/^[A-Za-z0-9!#$%&'*+\-.^_`|~]{1,40}$/, "expected a header name of 1 to 40 characters") }),
    ...patterns(short),
  }),
  queryStrings: set(object({ key: text({ rule: short }), value: text({ required: true, rule: short }) })),
  sourceIp: object({ values: values((block) => (block.includes(":") ? undefined : isBlock(block))) }),
};

/** A regular expression of at most 128 characters, without what load balancers do not have (ALB user guide, listener rules). */
function expression(value: string): string | undefined {
  if (value.length > 128) return `expected at most 128 characters, got ${String(value.length)}`;
  if (/\(\?[=!<>]|\\[1-9pPRg]|[*+?}]\+/.test(value)) return `expected no look-around, back reference, possessive quantifier or Unicode class, got ${value}`;
  try {
    new RegExp(value);
    return undefined;
  } catch {
    return `expected a regular expression, got ${value}`;
  }
}

/** What must be true of a request for its rule to apply. */
export const conditions = (): Shape => set(object(fields), { required: true, rule: (all) => (all.length > 0 ? undefined : "expected at least one condition") });

/** Faults of conditions: each is of exactly one kind. */
export function conditionFaults(inputs: Properties): Failure[] {
  return objectsAt(inputs, "conditions").flatMap((condition, index) => {
    const kinds = Object.keys(fields).filter((kind) => condition[kind] !== undefined);
    const reason = `exactly one of ${Object.keys(fields).join(", ")} must be given, got ${kinds.join(", ")}`;
    if (hasUnknown(condition)) return [];
    const property = `conditions[${String(index)}]`;
    if (kinds.length !== 1) return [{ property, reason }];
    const ways = patterned.flatMap((kind) => (condition[kind] === undefined ? [] : [waysOf(objectAt(condition, kind))]));
    return ways.every((count) => count === 1) ? [] : [{ property, reason: "exactly one of values, regexValues must be given" }];
  });
}

const patterned = ["hostHeader", "pathPattern", "httpHeader"];

function waysOf(condition: Properties | undefined): number {
  return ["values", "regexValues"].filter((way) => condition?.[way] !== undefined).length;
}

/** Refuses conditions beyond the quotas, or of a kind twice. */
export function checkConditions(inputs: Properties): void {
  const all = objectsAt(inputs, "conditions");
  const twice = ONCE.find((kind) => all.filter((condition) => condition[kind] !== undefined).length > 1);
  if (twice !== undefined) throw new Refusal("ValidationError", `A rule can only have one '${twice}' condition`);
  const plain = all.flatMap((condition) => Object.keys(fields).flatMap((kind) => textsAt(objectAt(condition, kind), "values")));
  const expressions = all.flatMap((condition) => patterned.flatMap((kind) => textsAt(objectAt(condition, kind), "regexValues")));
  const pairs = all.flatMap((condition) => objectsAt(condition, "queryStrings"));
  if (plain.length + expressions.length + pairs.length > QUOTA.values)
    throw new Refusal("ValidationError", `A rule can only have '${String(QUOTA.values)}' condition values`);
  const wildcards = [...plain, ...pairs.flatMap((pair) => [textAt(pair, "key"), textAt(pair, "value")])].join("").match(/[*?]/g)?.length ?? 0;
  if (wildcards > QUOTA.wildcards) throw new Refusal("ValidationError", `A rule can only have '${String(QUOTA.wildcards)}' condition wildcards`);
}
