/** The name most like a mistyped or shortened one, or null when none is near. */
export function nearest(given: string, names: readonly string[]): string | null {
  const wanted = given.toLowerCase();
  const ranked = names
    .map((name) => ({ name, extends: extendsOther(name.toLowerCase(), wanted), distance: distance(wanted, name.toLowerCase()) }))
    .filter((candidate) => candidate.extends || candidate.distance <= Math.max(2, Math.floor(given.length / 3)))
    .sort((a, b) => a.distance - b.distance);
  return ranked[0]?.name ?? null;
}

/** Whether one begins with the other; too short a beginning is chance. */
function extendsOther(one: string, other: string): boolean {
  return Math.min(one.length, other.length) >= 4 && (one.startsWith(other) || other.startsWith(one));
}

/** Levenshtein's distance. */
function distance(one: string, other: string): number {
  let previous = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (let row = 1; row <= one.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const same = one[row - 1] === other[column - 1] ? 0 : 1;
      current.push(Math.min((previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1, (previous[column - 1] ?? 0) + same));
    }
    previous = current;
  }
  return previous[other.length] ?? 0;
}
