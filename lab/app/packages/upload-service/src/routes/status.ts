import type { Architecture } from "../arch/architecture";
import { stateOf, type ItemState } from "../arch/db/items";
import { isDataItemId } from "../uploads/id";
import { answering, part } from "./context";

const words: Record<ItemState["state"], string> = { new: "CONFIRMED", pending: "CONFIRMED", permanent: "FINALIZED", failed: "FAILED" };

/** `GET /v1/tx/:id/status`: 404 for an item that the database does not have, 503 when the database is away. */
export const getStatus = ({ pools }: Pick<Architecture, "pools">): ReturnType<typeof answering> =>
  answering(async (context) => {
    const id = part(context, "id");
    const found = isDataItemId(id) ? await stateOf(pools.reader, id) : undefined;
    if (found === undefined) {
      context.status = 404;
      context.body = { error: "TX doesn't exist" };
      return;
    }
    const { state, winc, bundleId, deadlineHeight, uploadedAt } = found;
    context.body = { status: words[state], info: state, bundleId, deadlineHeight, startedAt: uploadedAt, winc };
  });
