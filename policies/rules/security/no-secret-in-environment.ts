import { looksSecret, namesSecret } from "../../../config/secretPatterns";
import { rule } from "../../rule";

export const noSecretInEnvironment = rule({
  name: "no-secret-in-environment",
  group: "security",
  description: "no process has a secret among its plain variables: those come from containers, at boot",
  why: "Plain variables are in the stack file, in the state, in the exports and in user data.",
  judge: (stack) =>
    stack.regions.flatMap(({ platform, blueprint }) =>
      blueprint.processes.flatMap(({ name, environment }) =>
        Object.entries(environment)
          .filter(([variable, value]) => namesSecret(variable) || looksSecret(value))
          .map(([variable]) => ({
            urn: platform.urn,
            promised: `${name} has no secret in its plain variables`,
            found: `${variable} ${namesSecret(variable) ? "is named for one" : "has a value that looks like one"}`,
            fix: "put it into the secret application-external, and let the process have it as secretEnvironment",
          })),
      ),
    ),
});
