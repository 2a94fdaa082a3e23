/** Families of instances that the embedded cloud offers, with the sizes of each (EC2 instance types, general purpose to storage). */
const SIZES = [
  "nano",
  "micro",
  "small",
  "medium",
  "large",
  "xlarge",
  "2xlarge",
  "4xlarge",
  "8xlarge",
  "12xlarge",
  "16xlarge",
  "24xlarge",
  "32xlarge",
  "48xlarge",
  "metal",
];

const FAMILIES: [names: string[], smallest: string, largest: string][] = [
  [["t2", "t3", "t3a", "t4g"], "nano", "2xlarge"],
  [
    ["m6g", "m7g", "m8g", "c6g", "c6gn", "c7g", "c7gn", "c8g", "r6g", "r7g", "r8g", "m6gd", "m7gd", "m8gd", "c6gd", "c7gd", "r6gd", "r7gd"],
    "medium",
    "48xlarge",
  ],
  [["m5", "m5a", "m5d", "m5n", "m6a", "m6i", "m6id", "m6in", "m7a", "m7i", "m7i-flex", "m8a", "m8i"], "large", "48xlarge"],
  [["c5", "c5a", "c5d", "c5n", "c6a", "c6i", "c6id", "c6in", "c7a", "c7i", "c7i-flex", "c8a", "c8i"], "large", "48xlarge"],
  [["r5", "r5a", "r5b", "r5d", "r5n", "r6a", "r6i", "r6id", "r6in", "r7a", "r7i", "r7iz", "r8a", "r8i"], "large", "48xlarge"],
  [["i3", "i3en", "i4i", "i4g", "i7i", "i7ie", "i8g", "im4gn", "is4gen", "d3", "d3en", "x2idn", "x2iedn"], "large", "48xlarge"],
];

/** True for an instance type of a known family and a size within its range. */
export function isInstanceType(written: string): boolean {
  const [family = "", size = "", ...rest] = written.split(".");
  const known = FAMILIES.find(([names]) => names.includes(family));
  if (known === undefined || rest.length > 0) return false;
  const at = SIZES.indexOf(size);
  return at >= SIZES.indexOf(known[1]) && (at <= SIZES.indexOf(known[2]) || (size === "metal" && !family.startsWith("t")));
}
