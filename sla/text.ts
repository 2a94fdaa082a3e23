import type { Assumption } from "./assumptions";

/** A time for a person: `1.3 s`, `2 min 10 s`, `8 h`. */
export function duration(seconds: number | null): string {
  if (seconds === null) return "none";
  const tenths = Math.round(seconds * 10) / 10;
  if (tenths < 120) return `${String(tenths)} s`;
  const whole = Math.round(seconds);
  if (whole < 3600) return parts(whole, 60, "min", "s");
  return parts(Math.round(seconds / 60), 60, "h", "min");
}

/** A part of the time for a person: `99.957 %`. */
export function percent(part: number): string {
  return `${(part * 100).toFixed(3)} %`;
}

/** An assumption's value for a person: `1 a year`, `4 h`, `5 %`. */
export function assumptionText({ value, unit }: Assumption): string {
  switch (unit) {
    case "a year":
      return `${String(value)} a year`;
    case "seconds":
      return duration(value);
    case "share":
      return `${String(Math.round(value * 1000) / 10)} %`;
  }
}

function parts(count: number, each: number, large: string, small: string): string {
  const rest = count % each;
  return `${String(Math.floor(count / each))} ${large}${rest === 0 ? "" : ` ${String(rest)} ${small}`}`;
}
