/** Weekly and daily windows of managed databases, in UTC. */
const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const DAY_MINUTES = 1440;
const WEEK_MINUTES = 7 * DAY_MINUTES;
const TIME = "(?:[01]\\d|2[0-3]):[0-5]\\d";
const DAILY = new RegExp(`^(${TIME})-(${TIME})$`);
const WEEKLY = new RegExp(`^(${DAYS.join("|")}):(${TIME})-(${DAYS.join("|")}):(${TIME})$`, "i");

interface Span {
  start: number;
  minutes: number;
}

/** Rule: `hh:mm-hh:mm`, at least this long. */
export function isDailyWindow(leastMinutes: number): (written: string) => string | undefined {
  return (written) => fault(daily(written), "hh24:mi-hh24:mi", leastMinutes, written);
}

/** Rule: `ddd:hh:mm-ddd:hh:mm`, at least this long. */
export function isWeeklyWindow(leastMinutes: number): (written: string) => string | undefined {
  return (written) => fault(weekly(written), "ddd:hh24:mi-ddd:hh24:mi", leastMinutes, written);
}

/** True when a daily and a weekly window share a minute of any day. */
export function windowsOverlap(everyDay: string, everyWeek: string): boolean {
  const day = daily(everyDay);
  const week = weekly(everyWeek);
  if (day === undefined || week === undefined) return false;
  return DAYS.some(
    (_, at) => distance(at * DAY_MINUTES + day.start, week.start) < week.minutes || distance(week.start, at * DAY_MINUTES + day.start) < day.minutes,
  );
}

/** The first of these windows that leaves the other one alone: what AWS fills in when none is given. */
export function freeWindow(choices: readonly string[], overlaps: (choice: string) => boolean): string {
  return choices.find((choice) => !overlaps(choice)) ?? choices[0] ?? "";
}

// Minutes from one moment of the week on to another.
function distance(to: number, from: number): number {
  return (to - from + WEEK_MINUTES) % WEEK_MINUTES;
}

function fault(span: Span | undefined, form: string, least: number, written: string): string | undefined {
  if (span === undefined) return `must satisfy the format of "${form}", got ${written}`;
  return span.minutes < least ? `must be at least ${String(least)} minutes, got ${written}` : undefined;
}

function daily(written: string): Span | undefined {
  const [, from, to] = DAILY.exec(written) ?? [];
  if (from === undefined || to === undefined) return undefined;
  return { start: minutesOf(from), minutes: (minutesOf(to) - minutesOf(from) + DAY_MINUTES) % DAY_MINUTES };
}

function weekly(written: string): Span | undefined {
  const [, firstDay, from, lastDay, to] = WEEKLY.exec(written) ?? [];
  if (firstDay === undefined || from === undefined || lastDay === undefined || to === undefined) return undefined;
  const start = DAYS.indexOf(firstDay.toLowerCase()) * DAY_MINUTES + minutesOf(from);
  return { start, minutes: distance(DAYS.indexOf(lastDay.toLowerCase()) * DAY_MINUTES + minutesOf(to), start) };
}

function minutesOf(time: string): number {
  const [hours = "0", minutes = "0"] = time.split(":");
  return Number(hours) * 60 + Number(minutes);
}
