import type { Plan } from "../blueprint";
import type { Blueprint, Flow, Host } from "../blueprint/types";

/** A graph as Graphviz takes it. */
export interface Picture {
  graphAttributes: Record<string, string | boolean>;
  nodeAttributes: Record<string, string>;
  edges: { tail: string; head: string; attributes: Record<string, string> }[];
  nodes: PictureNode[];
  subgraphs: Cluster[];
}

interface PictureNode {
  name: string;
  attributes: Record<string, string>;
}

interface Cluster {
  name: string;
  graphAttributes: Record<string, string>;
  nodes?: PictureNode[];
  subgraphs?: Cluster[];
}

const colours: Record<Host["role"] | "balancer" | "internet", string> = {
  edge: "#cfe2ff",
  balancer: "#cfe2ff",
  api: "#d1e7dd",
  worker: "#d1e7dd",
  database: "#fff3cd",
  redis: "#f8d7da",
  objects: "#e2d9f3",
  internet: "#ffffff",
};

/** One whose widths Graphviz knows, or text would be wider than its box. */
const font = "Helvetica";

/** What a stack is made of and who talks to whom, from its plan and nothing else. */
export function pictureOf({ primary, standby }: Plan): Picture {
  const regions = standby === null ? [primary] : [primary, standby];
  return {
    graphAttributes: { rankdir: "TB", compound: true, fontname: font, fontsize: "13", nodesep: "0.25" },
    nodeAttributes: { shape: "box", style: "filled,rounded", fontname: font, fontsize: "11", margin: "0.2,0.08" },
    nodes: [node("clients", "clients", "internet")],
    subgraphs: regions.map(regionOf),
    edges: [...regions.flatMap(edgesOf), ...regions.flatMap(orderOf), ...(standby === null ? [] : betweenRegions(primary, standby))],
  };
}

/** What is copied from one region to the other. */
function betweenRegions(primary: Blueprint, standby: Blueprint): Picture["edges"] {
  const edge = (what: Host["role"], label: string, more: Record<string, string>): Picture["edges"] => {
    const [tail, head] = [primary, standby].map((one) => (what === "objects" ? id(one, what) : endOf(one, what)));
    if (tail === undefined || tail === null || head === undefined || head === null) return [];
    return [{ tail, head, attributes: { label, fontname: font, fontsize: "11", ...more, style: "dashed", constraint: "false" } }];
  };
  return [...edge("database", primary.hosting === "managed" ? "Aurora Global" : "standby cluster", {}), ...edge("objects", "both ways", { dir: "both" })];
}

function id({ site }: Blueprint, what: string): string {
  return `${site} ${what}`;
}

function node(name: string, label: string, role: keyof typeof colours): PictureNode {
  return { name, attributes: { label, fillcolor: colours[role] } };
}

function regionOf(blueprint: Blueprint): Cluster {
  const waits = blueprint.site === "standby" ? ", waits" : "";
  return {
    name: `cluster ${blueprint.site}`,
    graphAttributes: { label: `${blueprint.region}${waits}`, fontname: font, style: "rounded" },
    nodes: blueprint.hosting === "managed" ? managedNodes(blueprint) : objectNodes(blueprint),
    subgraphs: blueprint.network.zones.map(({ name }) => ({
      name: `cluster ${blueprint.site} ${name}`,
      graphAttributes: { label: name, fontname: font, style: "rounded,dashed" },
      nodes: zoneNodes(blueprint, name),
    })),
  };
}

function zoneNodes(blueprint: Blueprint, zone: string): PictureNode[] {
  const own = blueprint.hosts
    .filter((host) => host.zone === zone)
    .map(({ name, role, instanceType }) => node(id(blueprint, name), `${name}\n${instanceType}`, role));
  const members =
    blueprint.hosting === "managed"
      ? blueprint.database.members.filter((member) => member.zone === zone).map(({ name }) => node(id(blueprint, name), `${name}\nAurora instance`, "database"))
      : [];
  return [...own, ...members];
}

/** S3, where objects are not on hosts. */
function objectNodes(blueprint: Blueprint): PictureNode[] {
  return blueprint.objects.kind === "s3" ? [node(id(blueprint, "objects"), "S3", "objects")] : [];
}

function managedNodes(blueprint: Blueprint & { hosting: "managed" }): PictureNode[] {
  const { groups, database, redis } = blueprint;
  return [
    node(id(blueprint, "edge"), "application load balancer", "edge"),
    node(id(blueprint, "balancer"), "internal load balancer", "balancer"),
    ...groups.map(({ name, role, minimum, maximum, instanceType, processes }) =>
      node(
        id(blueprint, role),
        `${name}: ${minimum === maximum ? "" : `${String(minimum)} to `}${String(maximum)} × ${instanceType}\n${processes.join(", ")}`,
        role,
      ),
    ),
    node(id(blueprint, "database"), `${database.engine} ${database.version}\n${database.instanceClass}`, "database"),
    node(id(blueprint, "redis"), redis.instances.map(({ name, nodes, nodeType }) => `${name}: ${String(nodes)} × ${nodeType}`).join("\n"), "redis"),
    ...objectNodes(blueprint),
  ];
}

/** One arrow for each pair that has a flow; to own hosts, from the first host of a role to each of the other. */
function edgesOf(blueprint: Blueprint): Picture["edges"] {
  const pairs = new Map<string, number[]>();
  for (const { from, to, port } of blueprint.flows.filter(drawn)) {
    const key = `${from}→${to}`;
    pairs.set(key, [...(pairs.get(key) ?? []), port]);
  }
  const waits = blueprint.site === "standby";
  return [
    ...[...pairs].flatMap(([key, ports]) => {
      const [from = "", to = ""] = key.split("→");
      const [tail, head] = [from === "internet" ? "clients" : endOf(blueprint, from), endOf(blueprint, to)];
      if (tail === null || head === null) return [];
      const style = waits && from === "internet" ? { style: "dashed" } : {};
      return [{ tail, head, attributes: { label: ports.join(", "), fontname: font, fontsize: "9", ...style } }];
    }),
    ...memberEdges(blueprint),
    ...(["api", "worker"] as const).flatMap((role) => {
      const tail = endOf(blueprint, role);
      return tail === null || blueprint.objects.kind !== "s3" ? [] : [{ tail, head: id(blueprint, "objects"), attributes: {} }];
    }),
  ];
}

/** Hosts of every zone in the order of the first zone's: invisible arrows. */
function orderOf(blueprint: Blueprint): Picture["edges"] {
  const rows = [["edge"], ["api", "worker"], ["database"], ["redis"], ["objects"]];
  return blueprint.network.zones.flatMap(({ name }) => {
    const here = rows.map((row) => blueprint.hosts.filter(({ role, zone }) => zone === name && row.includes(role))).filter((row) => row.length > 0);
    return here.flatMap((row, index) =>
      row.flatMap((tail) =>
        (here[index + 1] ?? []).map((head) => ({ tail: id(blueprint, tail.name), head: id(blueprint, head.name), attributes: { style: "invis" } })),
      ),
    );
  });
}

function memberEdges(blueprint: Blueprint): Picture["edges"] {
  if (blueprint.hosting !== "managed") return [];
  return blueprint.database.members.map(({ name }) => ({ tail: id(blueprint, "database"), head: id(blueprint, name), attributes: { style: "dotted" } }));
}

function drawn({ from, to }: Flow): boolean {
  return from !== "endpoint-clients" && from !== "other-region" && to !== "endpoints" && from !== to;
}

/** The node that stands for a role: what is managed, or its first host. */
function endOf(blueprint: Blueprint, role: string): string | null {
  if (blueprint.hosting === "managed") return id(blueprint, role);
  const host = blueprint.hosts.find((one) => one.role === role);
  return host === undefined ? null : id(blueprint, host.name);
}
