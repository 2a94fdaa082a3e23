import knex from "knex";
import { integer } from "../../../common/environment";
import { writerConfig } from "../../../common/knexConfig";
import { log } from "../../../common/log";
import { openPools } from "../../../common/pools";
import { stopOnSignal } from "../../../common/stopWorkers";
import { makeArchitecture } from "../arch/architecture";
import { makeDataDirectory } from "../arch/dataDirectory";
import { uploadDatabase } from "../arch/db/name";
import { startMetricsServer } from "../arch/metrics";
import { requireWorkers } from "../requirements";
import { makeWorkers } from "./makeWorkers";
import { registerSchedulersWithRetry } from "./schedulers";

requireWorkers();

// Nothing catches what this throws: with a data path that cannot be made the process ends.
void makeDataDirectory();

// The architecture's two pools, one more writer, and the two that the jobs use: five.
const architecture = makeArchitecture();
const extraWriter = knex(writerConfig(uploadDatabase));
const workers = makeWorkers({ ...architecture, extraWriter, pools: openPools(uploadDatabase) });
stopOnSignal(workers);
registerSchedulersWithRetry();
startMetricsServer(integer("UPLOAD_WORKERS_METRICS_PORT", 9311));
log("info", "upload-workers started", { workers: workers.length });
