import * as pulumi from "@pulumi/pulumi";
import type { SecretName } from "../../blueprint/types";

/** Where components find the stack's secrets, whichever region keeps them. */
export interface SecretSource {
  /** ARN of a secret in this region. Throws when the stack has no such secret. */
  arn(secretName: SecretName): pulumi.Output<string>;
  /** A generated value, for a service that has to be told it. Throws when the stack generates no such value. */
  generated(secretName: SecretName, key: string): pulumi.Output<string>;
  /** ARNs of all secrets in this region, by name. */
  arnsByName(): Record<string, pulumi.Output<string>>;
}

/** The copies in the second region of what the first has: the same name and suffix, another region. */
export function replicated(source: SecretSource, region: string): SecretSource {
  const there = (arn: pulumi.Output<string>): pulumi.Output<string> =>
    arn.apply((given) =>
      given
        .split(":")
        .map((part, index) => (index === 3 ? region : part))
        .join(":"),
    );
  return {
    arn: (secretName) => there(source.arn(secretName)),
    generated: (secretName, key) => source.generated(secretName, key),
    arnsByName: () => Object.fromEntries(Object.entries(source.arnsByName()).map(([name, arn]) => [name, there(arn)])),
  };
}
