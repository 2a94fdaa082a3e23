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
];
