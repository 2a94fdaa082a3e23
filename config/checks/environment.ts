import { shown, type Fault } from "../fault";
import { reservedEnvironment } from "../reservedEnvironment";
import { looksSecret, namesSecret } from "../secretPatterns";
import { keys, type Key, type Settings } from "../keys";
import type { Check } from "./check";

const toContainer = "it belongs in the Secrets Manager container application-external (wallets: wallet), set outside Pulumi";

/** Secrets by name or by look, and variables that are the program's. */
const variables: Check = {
  reads: ["appEnvironment"],
  find({ appEnvironment }) {
    return Object.entries(appEnvironment).flatMap(([name, value]): Fault[] => {
      const key = `appEnvironment.${name}`;
      if (namesSecret(name)) return [{ key, given: "a variable that is a secret by its name", needed: "no secret in config", fix: toContainer }];
      if (looksSecret(value)) return [{ key, given: "a value that looks like a secret", needed: "no secret in config", fix: toContainer }];
      // A control character would end the variable's line in its environment file.
      if (/[\u0000-\u001f\u007f]/.test(value)) return [{ key, given: shown(value), needed: "one line of text", fix: "join its lines" }];
      if (reservedEnvironment.includes(name))
        return [
          {
            key,
            given: "a variable that the program sets",
            needed: "other variables only",
            fix: "remove it: it is derived from the platform",
          },
        ];
      return [];
    });
  },
};

/** Secrets in any other key. */
const literals: readonly Check[] = (Object.keys(keys) as Key[])
  .filter((key) => key !== "appEnvironment")
  .map((key) => ({
    reads: [key],
    find(settings: Settings): Fault[] {
      const value = settings[key];
      const texts = Array.isArray(value) ? value : [value];
      if (!texts.some((text) => typeof text === "string" && looksSecret(text))) return [];
      return [{ key, given: "a value that looks like a secret", needed: "no secret in config", fix: toContainer }];
    },
  }));

export const environmentChecks: readonly Check[] = [variables, ...literals];
