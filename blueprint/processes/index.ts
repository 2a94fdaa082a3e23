import type { Settings } from "../../config/settings";
import type { Process } from "../types";
import { adminDashboard } from "./admin";
import { paymentService, paymentWorkers } from "./payment";
import { uploadApi, uploadWorkers } from "./upload";

/** The application's five processes and everything that each of them reads. */
export function makeProcesses(settings: Settings): Process[] {
  return [paymentService(settings), uploadApi(settings), adminDashboard(settings), uploadWorkers(settings), paymentWorkers(settings)];
}
