import { integerAt, type Properties } from "../../properties";
import { Refusal } from "../fault";

/** Hosts that a group is to have: as given, or what it had, moved into its bounds. A new one has its least. */
export function desiredOf(inputs: Properties, had?: number): number {
  const least = integerAt(inputs, "minSize") ?? 0;
  const most = integerAt(inputs, "maxSize") ?? 0;
  return integerAt(inputs, "desiredCapacity") ?? Math.min(Math.max(had ?? least, least), most);
}

/** Refuses bounds that exclude each other, or a capacity outside them. */
export function checkCapacity(inputs: Properties, desired: number): void {
  const least = integerAt(inputs, "minSize") ?? 0;
  const most = integerAt(inputs, "maxSize") ?? 0;
  if (most < least) throw new Refusal("ValidationError", `Max bound, ${String(most)}, must be greater than or equal to min bound, ${String(least)}`);
  if (desired < least || desired > most)
    throw new Refusal(
      "ValidationError",
      `Desired capacity:${String(desired)} must be between the specified min size:${String(least)} and max size:${String(most)}`,
    );
}
