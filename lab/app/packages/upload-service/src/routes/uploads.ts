import { setTimeout as sleep } from "node:timers/promises";
import { BodyTooLarge, readBody } from "../../../common/body";
import { maxDataItemBytes, receiptVersion } from "../constants";
import { acceptUpload, type UploadPorts } from "../uploads/accept";
import { answering, payer } from "./context";

/** The application waits this long after queueing, so that a status asked for at once may find the row. */
const afterQueueMilliseconds = 20;

/** `POST /v1/tx[/:token]`: the body is the upload's bytes. */
export const postUpload = (ports: UploadPorts): ReturnType<typeof answering> =>
  answering(async (context) => {
    let bytes: Buffer;
    try {
      bytes = await readBody(context.req, maxDataItemBytes);
    } catch (fault) {
      if (!(fault instanceof BodyTooLarge)) throw fault;
      context.status = 400;
      context.body = { error: fault.message };
      return;
    }
    const nested = Number(context.get("x-lab-nested-items"));
    const nestedItems = Number.isSafeInteger(nested) && nested > 0 ? nested : 0;
    const answer = await acceptUpload(ports, { bytes, address: payer(context), nestedItems }, receiptVersion);
    if (answer.status === 200) await sleep(afterQueueMilliseconds);
    context.status = answer.status;
    context.body = answer.body;
  });
