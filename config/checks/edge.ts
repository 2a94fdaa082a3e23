import type { Check } from "./check";

/** What the certificate's source needs. */
export const edgeChecks: readonly Check[] = [
  {
    reads: ["certificate", "acmeEmail"],
    find({ certificate, acmeEmail }) {
      if (certificate !== "acme" || acmeEmail !== null) return [];
      return [
        {
          key: "acmeEmail",
          given: "nothing",
          needed: "an e-mail address, with certificate acme",
          fix: "set it, or use certificate secret",
        },
      ];
    },
  },
  {
    reads: ["certificate", "edge"],
    find({ certificate, edge }) {
      if (certificate !== "acme" || edge === "keepalived") return [];
      return [
        {
          key: "certificate",
          given: "acme with edge nlb",
          needed: "secret, since a load balancer may hand the challenge to the host that did not ask for it",
          fix: "use certificate secret, or edge keepalived",
        },
      ];
    },
  },
];
