import type { Checked } from "../check";
import type { Failure } from "../model";
import { hasUnknown, isProperties, textAt, UNKNOWN, type Json, type Properties } from "../properties";
import { ACCOUNT } from "./cloud";
import type { AwsSettings } from "./operations";
import { regions, zonesOf } from "./regions";

/** Settings that need no model: they say how the real provider finds credentials or skips checks. */
const WITHOUT_EFFECT = [
  "profile",
  "skipCredentialsValidation",
  "skipMetadataApiCheck",
  "skipRegionValidation",
  "skipRequestingAccountId",
  "maxRetries",
  "version",
];
const MODELLED = ["region", "defaultTags", "allowedAccountIds", "forbiddenAccountIds"];

/** Checks the settings of an aws provider; an unknown one is refused. */
export function checkSettings(news: Properties): Checked {
  const failures: Failure[] = Object.keys(news)
    .filter((key) => !MODELLED.includes(key) && !WITHOUT_EFFECT.includes(key))
    .map((property) => ({ property, reason: `the embedded cloud does not model the aws provider's setting ${property}` }));
  const region = regionFrom(news);
  if (region !== UNKNOWN && zonesOf(region).length === 0) {
    failures.push({ property: "region", reason: `invalid AWS Region: "${region}": set aws:region; the embedded cloud has ${regions().join(", ")}` });
  }
  const allowed = decoded(news["allowedAccountIds"]);
  const forbidden = decoded(news["forbiddenAccountIds"]);
  if (
    !hasUnknown(allowed) &&
    ((Array.isArray(allowed) && allowed.length > 0 && !allowed.includes(ACCOUNT)) || (Array.isArray(forbidden) && forbidden.includes(ACCOUNT)))
  ) {
    failures.push({ property: "allowedAccountIds", reason: `AWS account ID not allowed: ${ACCOUNT}` });
  }
  return { inputs: news, failures };
}

/** The settings in use. Settings with parts arrive as JSON text. */
export function settingsFrom(inputs: Properties): AwsSettings {
  const defaultTags = decoded(inputs["defaultTags"]);
  const tags = isProperties(defaultTags) ? defaultTags["tags"] : undefined;
  return { region: regionFrom(inputs), defaultTags: isProperties(tags) ? tags : {} };
}

function regionFrom(inputs: Properties): string {
  return textAt(inputs, "region") ?? process.env["AWS_REGION"] ?? process.env["AWS_DEFAULT_REGION"] ?? "";
}

function decoded(value: Json | undefined): Json | undefined {
  return typeof value === "string" && value !== UNKNOWN && value !== "" ? (JSON.parse(value) as Json) : value;
}
