import axios from "axios";
import axiosRetry from "axios-retry";
import { recordEffect, type Run } from "../../../common/effects";
import { value } from "../../../common/environment";
import type { OpticalHeader } from "../arch/messages";
import type { JobParts } from "./parts";

const client = axios.create({ timeout: 10_000 });
axiosRetry(client, { retries: 3, retryDelay: (count) => axiosRetry.exponentialDelay(count) });

/** Tells the gateway of an upload before it is mined. Without OPTICAL_BRIDGE_URL every such job fails, as in the application. */
export async function opticalPost({ pools, wallet }: JobParts, header: OpticalHeader, run: Run): Promise<void> {
  const url = value("OPTICAL_BRIDGE_URL");
  if (url === undefined) throw new Error("OPTICAL_BRIDGE_URL is not set");
  const adminKey = value("AR_IO_ADMIN_KEY");
  const authorization = adminKey === undefined ? {} : { Authorization: `Bearer ${adminKey}` };
  await client.post(url, [header], { headers: { "x-bundlr-public-key": wallet.address, ...authorization } });
  await recordEffect(pools.writer, run, header.id);
}
