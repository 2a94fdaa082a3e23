/** Says what is going on, a line each, with the seconds since the program began. */
export function sayWithSeconds(): (what: string) => void {
  const began = Date.now();
  return (what) => {
    process.stdout.write(`${((Date.now() - began) / 1000).toFixed(0).padStart(5)} s  ${what}\n`);
  };
}
