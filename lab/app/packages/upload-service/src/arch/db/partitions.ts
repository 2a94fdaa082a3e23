/** A partition of `permanent_data_items`: dates `YYYY-MM-DD`, the last one exclusive. */
export interface Partition {
  name: string;
  from: string;
  to: string;
}

const table = "permanent_data_items";

/** Two partitions for each month, from the month of a date on, for so many months. */
export function partitions(now: Date, months: number): Partition[] {
  return Array.from({ length: months }, (_, index) => new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + index, 1))).flatMap((first) => {
    const middle = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth(), 15));
    const next = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 1));
    const month = `${day(first).slice(5, 7)}_${day(first).slice(0, 4)}`;
    return [
      { name: `${table}_${month}_01`, from: day(first), to: day(middle) },
      { name: `${table}_${month}_02`, from: day(middle), to: day(next) },
    ];
  });
}

/** The statement that makes a partition unless it is there. The dates are made here, of numbers. */
export function partitionStatement({ name, from, to }: Partition): string {
  return `CREATE TABLE IF NOT EXISTS "${name}" PARTITION OF ${table} FOR VALUES FROM ('${from}') TO ('${to}')`;
}

const day = (date: Date): string => date.toISOString().slice(0, 10);
