import type { MachineKind, PriceName } from "./prices/catalogue";

/** What a cost is for. Those up to `backups` are the guide's own lines; the rest are what it left out. */
export const categories = {
  machines: "application and own service machines",
  database: "managed database",
  redis: "managed Redis",
  objects: "object store",
  balancers: "load balancers",
  internet: "traffic to the internet",
  monitoring: "logs, metrics, alarms",
  backups: "backups",
  regions: "copies to the other region",
  healthChecks: "health checks",
  nat: "NAT gateways",
  disks: "disks",
  addresses: "public addresses",
  endpoints: "interface endpoints",
  zones: "traffic between zones",
  keys: "keys and secrets",
  names: "names",
  switch: "global accelerator, region switch",
} as const;

export type Category = keyof typeof categories;

/** Hours of a month, as AWS's own calculator counts them. */
export const hoursOfMonth = 730;

/** What a resource is charged for in a month. */
export interface Charge {
  category: Category;
  price: PriceName | { kind: MachineKind; type: string };
  /** In the price's unit. */
  quantity: number;
  /** When groups have grown to their most; the quantity where it does not grow. */
  maximumQuantity?: number;
}
