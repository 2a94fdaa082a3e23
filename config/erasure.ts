import { mostInOneZone } from "./layout";

/** What a MinIO layout withstands. Drives are counted over one erasure set, which is all of them up to 16. */
export interface ErasureLayout {
  drives: number;
  data: number;
  parity: number;
  readQuorum: number;
  /** One more than the data drives when parity equals data (MinIO's objectQuorumFromMeta). */
  writeQuorum: number;
  /** Drives that go with the zone that holds most of them. */
  lostWithZone: number;
}

/** MinIO's largest erasure set; a larger layout would be split into sets and judged per set. */
export const largestErasureSet = 16;

/** The erasure arithmetic of a layout whose hosts are spread evenly over zones. */
export function erasureLayout(hosts: number, drivesPerHost: number, parity: number, zones: number): ErasureLayout {
  const drives = hosts * drivesPerHost;
  const data = drives - parity;
  return {
    drives,
    data,
    parity,
    readQuorum: data,
    writeQuorum: data === parity ? data + 1 : data,
    lostWithZone: mostInOneZone(hosts, zones) * drivesPerHost,
  };
}

/** Whether reads and writes go on when a zone is lost. */
export function survivesZone(layout: ErasureLayout): boolean {
  return layout.drives - layout.lostWithZone >= Math.max(layout.readQuorum, layout.writeQuorum);
}
