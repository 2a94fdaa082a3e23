/** `pulumi-language-nodejs [flags] ENGINE`: prints the port it serves on, as the engine expects of a plugin. */
import { serve } from "./host";

/** How often an orphaned host looks for its engine. */
const ORPHAN_CHECK_MILLISECONDS = 2000;

serve(process.argv.slice(2).find((word) => !word.startsWith("-"))).then(
  (port) => {
    process.stdout.write(`${String(port)}\n`);
    const engine = process.ppid;
    setInterval(() => {
      if (process.ppid !== engine) process.exit(0);
    }, ORPHAN_CHECK_MILLISECONDS).unref();
  },
  (fault: unknown) => {
    process.stderr.write(`${fault instanceof Error ? fault.message : String(fault)}\n`);
    process.exit(1);
  },
);
