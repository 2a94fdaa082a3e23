import { openPools, type Pools } from "../../common/pools";
import { paymentDatabase } from "./database/name";

interface AdjustmentRow {
  operator_magnitude: string;
}

const wincPerByte = 10n;

/** Prices of uploads. As in the application it has a database of its own, and asks it for adjustments at every price. */
export class Pricing {
  constructor(private readonly pools: Pools = openPools(paymentDatabase)) {}

  /** Winston credits for so many bytes. */
  async priceOf(byteCount: number): Promise<bigint> {
    const adjustments = await this.pools
      .reader<AdjustmentRow>("upload_adjustment_catalog")
      .whereRaw("now() >= adjustment_start_date AND (adjustment_end_date IS NULL OR now() < adjustment_end_date)")
      .orderBy("adjustment_priority", "asc");
    const full = BigInt(byteCount) * wincPerByte;
    return adjustments.reduce((price, { operator_magnitude: percent }) => (price * BigInt(percent)) / 100n, full);
  }
}
