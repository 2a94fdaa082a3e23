import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { SetupFault } from "../setup/fault";

/** The Debian mirror that this machine itself uses, or `DEBIAN_MIRROR`. Throws a `SetupFault` where there is neither. */
export function debianMirror(aptDirectory = "/etc/apt", environment: NodeJS.ProcessEnv = process.env): string {
  const given = environment["DEBIAN_MIRROR"];
  if (given !== undefined && given !== "") return given;
  const mirror = sourceTexts(aptDirectory)
    .flatMap(urisOf)
    .find((uri) => /^https?:\/\/.*\/debian\/?$/.test(uri));
  if (mirror !== undefined) return mirror;
  throw new SetupFault(`Debian root: no Debian mirror in ${aptDirectory}; set DEBIAN_MIRROR to the URL of one`);
}

function sourceTexts(aptDirectory: string): string[] {
  const folder = join(aptDirectory, "sources.list.d");
  const files = [join(aptDirectory, "sources.list"), ...namesIn(folder).map((name) => join(folder, name))];
  return files.flatMap((file) => {
    try {
      return [readFileSync(file, "utf8")];
    } catch {
      return [];
    }
  });
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}

/** Addresses of one-line and deb822 sources. */
function urisOf(text: string): string[] {
  return text.split("\n").flatMap((line) => {
    const deb822 = /^URIs:\s*(.*)$/i.exec(line)?.[1];
    if (deb822 !== undefined) return deb822.split(/\s+/);
    const oneLine = /^deb\s+(?:\[[^\]]*\]\s+)?(\S+)/.exec(line)?.[1];
    return oneLine === undefined ? [] : [oneLine];
  });
}
