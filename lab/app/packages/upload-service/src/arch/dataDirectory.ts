import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { value } from "../../../common/environment";
import { log, reason } from "../../../common/log";

/** Where local copies would be, if there were any. */
export const dataPath = value("FS_DATA_PATH") ?? "./upload-service-data";

/** Makes the directory, as the application does when it starts. The fault is thrown on: it ends a process that catches nothing. */
export async function makeDataDirectory(): Promise<void> {
  try {
    await mkdir(join(dataPath, "data-items"), { recursive: true });
  } catch (fault) {
    log("error", "upload data directory not made", { path: dataPath, error: reason(fault) });
    throw fault;
  }
}
