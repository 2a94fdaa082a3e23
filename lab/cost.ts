import Table from "cli-table3";
import { categories, costOf, CostFault, dollars, sumsOf, usualUsage, type Category, type Cost, type CostResource } from "../sla/cost";
import { blueprintOf } from "./engine/blueprint";
import { openLab } from "./engine/lab";
import { resourcesOf } from "./engine/resources";
import { runMain, SetupFault } from "./setup/fault";

/** `make cost`: what a stack costs a month, a line for every resource that costs; of its state when it is up, and otherwise of a preview. */
runMain(async () => {
  const stack = process.env["STACK"] ?? "level1";
  const lab = await openLab();
  const { region } = blueprintOf(stack, lab.stackFileText(stack));
  const { resources, up } = await resourcesOf(lab, stack);
  process.stdout.write(`${told(stack, up ? "as it is up" : "as it would be made", priced(resources, region))}\n`);
  return 0;
});

function priced(resources: readonly CostResource[], region: string): Cost {
  try {
    return costOf(resources, usualUsage(region));
  } catch (fault) {
    if (fault instanceof CostFault) throw new SetupFault(fault.message);
    throw fault;
  }
}

function told(stack: string, when: string, { lines, free, monthlyUsd, maximumMonthlyUsd }: Cost): string {
  const table = new Table({
    head: ["resource", "what", "quantity", "each", "$ a month", "at the most"],
    colAligns: ["left", "left", "right", "right", "right", "right"],
    style: { head: [], border: [], compact: true },
  });
  for (const [category, sum] of Object.entries(sumsOf(lines)) as [Category, number][]) {
    table.push([{ colSpan: 4, content: categories[category].toUpperCase() }, sum.toFixed(2), ""]);
    for (const line of lines.filter((one) => one.category === category))
      table.push([
        line.resource,
        line.what,
        `${String(Number(line.quantity.toFixed(2)))} ${line.unit}`,
        String(Number(line.unitUsd.toFixed(6))),
        line.monthlyUsd.toFixed(2),
        line.maximumMonthlyUsd === line.monthlyUsd ? "" : line.maximumMonthlyUsd.toFixed(2),
      ]);
  }
  const count = free.reduce((sum, one) => sum + one.count, 0);
  return [
    table.toString(),
    "",
    `Stack ${stack}, ${when}: ${dollars(monthlyUsd)} a month, ${dollars(maximumMonthlyUsd)} with groups grown to their most. ${String(count)} resources cost nothing.`,
    "On demand, before tax, for the usual month and at the prices of docs/cost.md, which says what of them is not verified.",
  ].join("\n");
}
