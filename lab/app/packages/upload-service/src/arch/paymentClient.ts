import axios, { type AxiosInstance, type AxiosResponse } from "axios";
import axiosRetry from "axios-retry";
import { integer, value } from "../../../common/environment";
import { signToken } from "../../../common/token";
import type { BalanceCheck, ReserveResult } from "../uploads/accept";
import type { Refund } from "./messages";

const tokenSeconds = 3_600;
const token = "arweave";

/** The payment service, over HTTP. */
export class PaymentClient {
  private readonly url = `${value("PAYMENT_SERVICE_PROTOCOL") ?? "https"}://${value("PAYMENT_SERVICE_BASE_URL") ?? ""}`;
  private readonly secret = value("PRIVATE_ROUTE_SECRET") ?? "";
  /** A client waits for these, so an outage is told of in about ten seconds. */
  private readonly critical = client(integer("PAYMENT_CRITICAL_RETRIES", 1), integer("PAYMENT_CRITICAL_TIMEOUT_MS", 5_000));
  private readonly patient = client(8);

  /** Throws when the service is away or answers 5xx. */
  async checkBalance(address: string, byteCount: number): Promise<BalanceCheck> {
    const { data } = await this.get(this.critical, `/v1/check-balance/${token}/${address}`, { byteCount: String(byteCount) });
    return { sufficient: (data as { userHasSufficientBalance: boolean }).userHasSufficientBalance };
  }

  /** Throws when the service is away or answers 5xx; any other refusal is "not reserved". */
  async reserve(address: string, byteCount: number, dataItemId: string): Promise<ReserveResult> {
    const { status, data } = await this.get(this.critical, `/v1/reserve-balance/${token}/${address}`, { byteCount: String(byteCount), dataItemId });
    return status === 200 ? { reserved: true, winc: BigInt(data as string | number) } : { reserved: false };
  }

  /** Throws unless the refund was made. */
  async refund({ nativeAddress, winstonCredits, dataItemId }: Refund): Promise<void> {
    const { status } = await this.get(this.patient, `/v1/refund-balance/${token}/${nativeAddress}`, { winstonCredits, dataItemId });
    if (status !== 200) throw new Error(`refund of ${dataItemId}: payment service answered ${String(status)}`);
  }

  async priceQuote(address: string, byteCount: number): Promise<unknown> {
    return (await this.get(this.patient, `/v1/x402/price/1/${address}`, { bytes: String(byteCount) })).data;
  }

  /** Dollars of one AR. */
  async usdToArRate(): Promise<number> {
    return ((await this.get(this.patient, "/v1/rates/usd", {})).data as { rate: number }).rate;
  }

  private async get(through: AxiosInstance, path: string, parameters: Record<string, string>): Promise<AxiosResponse<unknown>> {
    const answer = await through.get<unknown>(`${this.url}${path}?${new URLSearchParams(parameters).toString()}`, {
      headers: { Authorization: `Bearer ${signToken(this.secret, tokenSeconds)}` },
      validateStatus: () => true,
    });
    if (answer.status >= 500) throw new Error(`payment service answered ${String(answer.status)}`);
    return answer;
  }
}

function client(retries: number, timeoutMilliseconds?: number): AxiosInstance {
  const instance = axios.create(timeoutMilliseconds === undefined ? {} : { timeout: timeoutMilliseconds });
  axiosRetry(instance, { retries, retryDelay: (count) => axiosRetry.exponentialDelay(count) });
  return instance;
}
