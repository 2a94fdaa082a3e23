import { charge, type Pricer } from "../subject";

export const keyPricers: Record<string, Pricer> = {
  "aws:kms/key:Key": (subject) => [charge("keys", "kmsKey", 1), charge("keys", "kmsRequests", subject.amount("kmsTenThousands"))],
  // A replica is charged as a key of its own.
  "aws:kms/replicaKey:ReplicaKey": (subject) => [charge("keys", "kmsKey", 1), charge("keys", "kmsRequests", subject.amount("kmsTenThousands"))],
  // And so is a replica of a secret.
  "aws:secretsmanager/secret:Secret": (subject) => [charge("keys", "secret", 1 + subject.listIfAny("replicas").length)],
};
