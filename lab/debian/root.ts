import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cached } from "../setup/cache";
import { SetupFault } from "../setup/fault";
import { capture, type Completed } from "../setup/process";
import { isRoot, needPrograms } from "../setup/programs";
import { runStep } from "../setup/step";
import { debianMirror } from "./mirror";

const suite = "trixie";
const keyring = "/usr/share/keyrings/debian-archive-keyring.gpg";

/** A file as a host would hold it. */
export interface RootFile {
  path: string;
  content: string;
  /** Octal; `0644` when absent. */
  mode?: string;
  /** `user:group`; `root:root` when absent. */
  owner?: string;
}

/** `baked`: with every package that hosts install (about 2 minutes, 1 GB). `plain`: as a cloud's image has it, so that a host installs them (about 1 minute). */
export type RootKind = "baked" | "plain";

/**
 * The root of a Debian 13, made once for this machine. Throws a `SetupFault` with the remedy when this machine cannot make
 * or use it.
 */
export async function debianRoot(kind: RootKind = "baked"): Promise<string> {
  if (process.platform !== "linux" || !isRoot()) {
    throw new SetupFault("Debian root: needs root on Linux, for chroot; run as root, or leave the validators out with SKIP_VALIDATORS=1");
  }
  const packages = join(__dirname, `${kind}.txt`);
  const script = join(__dirname, "build.sh");
  return cached({
    name: `debian-${kind}`,
    inputs: [suite, process.arch, readFileSync(packages, "utf8"), readFileSync(script, "utf8")],
    make: async (directory, log) => {
      await needPrograms([
        { program: "debootstrap", debianPackage: "debootstrap" },
        { program: "unshare", debianPackage: "util-linux" },
        { file: keyring, debianPackage: "debian-archive-keyring" },
      ]);
      await runStep({
        title: `Making a ${kind} Debian 13 root (about ${kind === "baked" ? "2 minutes" : "a minute"}, once on this machine)`,
        program: "unshare",
        argv: ["--mount", "--pid", "--fork", "--kill-child", "sh", script, directory, suite, debianMirror(), keyring, packages],
        log,
      });
    },
  });
}

/**
 * Runs a program inside the Debian root with these files in place, and gives what it said. Nothing of it stays: the root is
 * the lower layer of an overlay whose upper layer is memory, in namespaces that end with the program. `mounts`: files of this
 * machine by the path that they have there; neither has a space in it.
 */
export async function runInRoot(files: readonly RootFile[], argv: readonly string[], mounts: Readonly<Record<string, string>> = {}): Promise<Completed> {
  const root = await debianRoot();
  const directory = mkdtempSync(join(tmpdir(), "bundler-root-"));
  try {
    const placed = files.map((file) => ({ path: file.path, content: file.content, mode: file.mode ?? "0644", owner: file.owner ?? "root:root" }));
    writeFileSync(join(directory, "job.json"), JSON.stringify({ files: placed, argv }), { mode: 0o600 });
    writeFileSync(
      join(directory, "mounts"),
      Object.entries(mounts)
        .map(([to, from]) => `${from} ${to}\n`)
        .join(""),
    );
    writeFileSync(join(directory, "place.py"), readFileSync(join(__dirname, "place.py")));
    return await capture("unshare", ["--mount", "--pid", "--fork", "--kill-child", "sh", join(__dirname, "enter.sh"), root, directory], {
      env: { PATH: "/usr/sbin:/usr/bin:/sbin:/bin", HOME: "/root", LC_ALL: "C.UTF-8" },
    });
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
