/** What is wrong with a metric's expression. Functions are written in capitals, ids begin with a small letter. */
export function expressionFault(id: string, expression: string, ids: readonly string[]): string | undefined {
  const words: string[] = expression.replace(/"[^"]*"|'[^']*'/g, "").match(/[A-Za-z_]\w*/g) ?? [];
  if (words.includes("SEARCH")) return `The expression of ${id} must not use SEARCH`;
  const unknown = words.find((word) => /^[a-z]/.test(word) && (!ids.includes(word) || word === id));
  return unknown === undefined ? undefined : `The expression of ${id} refers to ${unknown}, which is not the id of another metric`;
}
