/** Something the machine lacks or a step that failed, said in words for the person at the keyboard: no stack trace is shown for it. */
export class SetupFault extends Error {}

/** Runs a command's main function; a `SetupFault` becomes its message and exit code 1. */
export function runMain(main: () => Promise<number>): void {
  main().then(
    (status) => {
      process.exitCode = status;
    },
    (fault: unknown) => {
      process.stderr.write(`${fault instanceof SetupFault ? fault.message : fault instanceof Error ? (fault.stack ?? fault.message) : String(fault)}\n`);
      process.exitCode = 1;
    },
  );
}
