/** A time for a person: `1.3 s`, `2 min 10 s`, `8 h`. */
export function duration(seconds: number | null): string {
  if (seconds === null) return "none";
  if (seconds < 120) return `${String(Math.round(seconds * 10) / 10)} s`;
  const minutes = Math.floor(seconds / 60);
  const rest = Math.round(seconds % 60);
  if (minutes < 60) return rest === 0 ? `${String(minutes)} min` : `${String(minutes)} min ${String(rest)} s`;
  const hours = Math.floor(minutes / 60);
  return minutes % 60 === 0 ? `${String(hours)} h` : `${String(hours)} h ${String(minutes % 60)} min`;
}

/** A part of the time for a person: `99.957 %`. */
export function percent(part: number): string {
  return `${(part * 100).toFixed(3)} %`;
}
