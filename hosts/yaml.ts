import { dump } from "js-yaml";

/** A value as YAML, one line a scalar however long, and also read as meant by programs that know YAML 1.1 (Patroni, cloud-init). */
export function yaml(value: unknown): string {
  // js-yaml, which Pulumi's SDK has already loaded: a second library would cost every preview 50 ms.
  return dump(value, { lineWidth: -1, noRefs: true });
}
