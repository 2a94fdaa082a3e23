import { mustBeAtLeast } from "../../mustBe";
import { rule } from "../../rule";

export const deletionCanBeUndone = rule({
  name: "deletion-can-be-undone",
  group: "data",
  description: "a deleted key or secret can be had back for days",
  why: "With a key goes everything that it encrypts, backups too; somebody has to notice before it is gone.",
  limits: {
    // KMS takes 7 to 30, Secrets Manager 7 to 30, or 0 for none.
    keyDays: { what: "days in which a deleted key can be had back", stricter: "higher", of: (level) => ({ 1: 7, 2: 14, 3: 30 })[level] },
    secretDays: { what: "days in which a deleted secret can be had back", stricter: "higher", of: () => 7 },
  },
  judge: (stack, { keyDays, secretDays }) => [
    ...stack.ofType("aws:kms/key:Key", "aws:kms/replicaKey:ReplicaKey").flatMap((key) => mustBeAtLeast(key, "deletionWindowInDays", keyDays, "days")),
    ...stack.ofType("aws:secretsmanager/secret:Secret").flatMap((secret) => mustBeAtLeast(secret, "recoveryWindowInDays", secretDays, "days")),
  ],
});
