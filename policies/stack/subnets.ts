import type { Item } from "./item";
import type { Stack } from "./stack";

/** Why a subnet's machines can be reached from the internet; null when they cannot. */
export function publicBecause(stack: Stack, subnet: Item): string | null {
  if (subnet.flag("mapPublicIpOnLaunch")) return "its machines get public addresses";
  const toInternet = tablesOf(stack, subnet).some((table) => routesOf(stack, table).some((route) => leadsToInternet(stack, route)));
  return toInternet ? "its way out is the internet gateway" : null;
}

function tablesOf(stack: Stack, subnet: Item): Item[] {
  return stack
    .ofType("aws:ec2/routeTableAssociation:RouteTableAssociation")
    .filter((association) => association.references("subnetId").includes(subnet.urn))
    .flatMap((association) => stack.referred(association, "routeTableId", "aws:ec2/routeTable:RouteTable"));
}

/** Routes of their own, and the table itself for those that are written into it. */
function routesOf(stack: Stack, table: Item): { item: Item; property: string }[] {
  const own = stack.ofType("aws:ec2/route:Route").filter((route) => route.references("routeTableId").includes(table.urn));
  return [{ item: table, property: "routes" }, ...own.map((item) => ({ item, property: "gatewayId" }))];
}

function leadsToInternet(stack: Stack, { item, property }: { item: Item; property: string }): boolean {
  return stack.referred(item, property, "aws:ec2/internetGateway:InternetGateway").length > 0;
}
