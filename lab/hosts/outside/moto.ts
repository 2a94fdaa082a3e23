import { spawn, type ChildProcess } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { cached } from "../../setup/cache";
import { SetupFault } from "../../setup/fault";
import { needPrograms } from "../../setup/programs";
import { runStep } from "../../setup/step";

const startMilliseconds = 30_000;

/** Directory of a Python environment with moto, made once on this machine (about half a minute). */
export async function motoEnvironment(): Promise<string> {
  const requirements = join(__dirname, "requirements.txt");
  return cached({
    name: "moto",
    inputs: [readFileSync(requirements, "utf8"), process.arch],
    make: async (directory, log) => {
      await needPrograms([{ program: "python3", debianPackage: "python3" }]);
      try {
        await runStep({ title: "Making a Python environment", program: "python3", argv: ["-m", "venv", directory], log });
      } catch (fault) {
        rmSync(directory, { recursive: true, force: true });
        throw new SetupFault(`Python's venv: missing on this machine; run: sudo apt-get install python3-venv\\n${(fault as Error).message}`);
      }
      await runStep({
        title: "Installing moto, which serves AWS's APIs to the hosts (once on this machine)",
        program: join(directory, "bin/python"),
        // As modules: the environment is moved to its place when it is whole, and scripts name the place where they were made.
        argv: ["-m", "pip", "install", "--quiet", "--requirement", requirements],
        log,
      });
    },
  });
}

/** moto, serving on loopback. */
export interface Moto {
  port: number;
  process: ChildProcess;
}

/** Starts moto on a free port and waits until it answers. */
export async function startMoto(): Promise<Moto> {
  const environment = await motoEnvironment();
  const port = await freePort();
  const child = spawn(join(environment, "bin/python"), ["-m", "moto.server", "--host", "127.0.0.1", "--port", String(port)], {
    stdio: ["ignore", "inherit", "inherit"],
  });
  const latest = Date.now() + startMilliseconds;
  for (;;) {
    if (child.exitCode !== null) throw new Error(`moto: ended with ${String(child.exitCode)} while it was starting`);
    try {
      await fetch(`http://127.0.0.1:${String(port)}/moto-api/data.json`);
      return { port, process: child };
    } catch {
      if (Date.now() > latest) throw new Error(`moto: did not answer within ${String(startMilliseconds / 1000)} s`);
      await sleep(100);
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => {
        if (typeof address === "object" && address !== null) resolve(address.port);
        else reject(new Error("no free port on loopback"));
      });
    });
  });
}
