import { rule } from "../../rule";

export const singletonLeaseOutlivesARenewal = rule({
  name: "singleton-lease-outlives-a-renewal",
  group: "redundancy",
  description: "the lease of payment-workers lasts for longer than two renewals, and ends within a minute",
  why: "Shorter, one slow renewal stops a payment-workers that is well; longer, a lost one leaves payments unsettled.",
  limits: { leaseSeconds: { what: "seconds of the lease of payment-workers", stricter: "lower", of: () => 60 } },
  judge: (stack, { leaseSeconds }) =>
    stack.regions.flatMap(({ platform }) => {
      const [lease, renew] = [platform.number("blueprint.singleton.leaseSeconds"), platform.number("blueprint.singleton.renewSeconds")];
      if (renew > 0 && lease > 2 * renew && lease <= leaseSeconds) return [];
      return [
        {
          urn: platform.urn,
          promised: `a lease longer than two renewals, at most ${String(leaseSeconds)} s`,
          found: `a lease of ${String(lease)} s, renewed every ${String(renew)} s`,
          fix: "change leaseSeconds or renewSeconds in the blueprint",
        },
      ];
    }),
});
