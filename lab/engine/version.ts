/** The engine that is built when none is installed. It goes with @pulumi/pulumi 3.248, the last SDK for Node 20. */
export const builtVersion = "3.259.0";

/** The oldest installed engine that the lab uses. */
export const oldestVersion = "3.249.0";

/** Whether `v3.260.1` or `3.260.1-dev` is at least `oldest`. Something that is no version is not. */
export function isAtLeast(version: string, oldest: string): boolean {
  const numbers = (text: string): number[] => (/^v?(\d+)\.(\d+)\.(\d+)/.exec(text.trim()) ?? []).slice(1).map(Number);
  const [given, needed] = [numbers(version), numbers(oldest)];
  if (given.length === 0) return false;
  for (const [index, number] of needed.entries()) {
    const difference = (given[index] ?? 0) - number;
    if (difference !== 0) return difference > 0;
  }
  return true;
}
