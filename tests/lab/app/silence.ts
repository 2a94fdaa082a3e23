/** Keeps the workload's log out of the report of the tests of this group. */
export function silenceLog(): void {
  const level = process.env["LOG_LEVEL"];
  before(() => {
    process.env["LOG_LEVEL"] = "silent";
  });
  after(() => {
    if (level === undefined) delete process.env["LOG_LEVEL"];
    else process.env["LOG_LEVEL"] = level;
  });
}
