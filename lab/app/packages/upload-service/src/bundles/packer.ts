/** A data item that waits for its bundle. */
export interface Waiting {
  dataItemId: string;
  byteCount: number;
  uploadedDate: Date;
}

export interface PackLimits {
  maxItems: number;
  maxBytes: number;
  overdueMilliseconds: number;
}

interface Draft {
  ids: string[];
  bytes: number;
  overdue: boolean;
}

/**
 * Packs data items, oldest first, into bundles: first fit by bytes and count. Only bundles that are full, or that hold an
 * item which waits too long, are given; the others wait for more.
 */
export function packBundles(items: readonly Waiting[], limits: PackLimits, now = Date.now()): string[][] {
  const drafts: Draft[] = [];
  for (const { dataItemId, byteCount, uploadedDate } of items) {
    let draft = drafts.find(({ ids, bytes }) => ids.length < limits.maxItems && bytes + byteCount <= limits.maxBytes);
    if (draft === undefined) {
      draft = { ids: [], bytes: 0, overdue: false };
      drafts.push(draft);
    }
    draft.ids.push(dataItemId);
    draft.bytes += byteCount;
    draft.overdue ||= now - uploadedDate.getTime() >= limits.overdueMilliseconds;
  }
  const last = drafts.at(-1);
  return drafts
    .filter((draft) => draft !== last || draft.overdue || draft.ids.length >= limits.maxItems || draft.bytes >= limits.maxBytes)
    .map(({ ids }) => ids);
}
