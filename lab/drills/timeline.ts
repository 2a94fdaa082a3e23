import { acknowledged, type Sent } from "../load/plan";
import type { TrialRecord } from "./results";

/** A bar of the picture is this wide. */
const binMilliseconds = 100;
/** Time before the failure that the picture shows, and after the platform is whole, in seconds. */
const before = 3;
const after = 2;

/** A bar of the picture: requests that ended in a tenth of a second. */
interface Bar {
  seconds: number;
  outcome: "answered" | "failed";
  requests: number;
}

/** The picture of a trial: requests per tenth of a second by their outcome, with what happened marked. */
export async function timelineSvg(record: TrialRecord, sent: readonly Sent[], failedAt: number): Promise<string> {
  const { View, parse } = await import("vega");
  const { compile } = await import("vega-lite");
  const last = record.wholeAfterSeconds + after;
  const view = new View(parse(compile(specification(record, barsOf(sent, failedAt, last), last) as unknown as Parameters<typeof compile>[0]).spec), {
    renderer: "none",
  });
  try {
    return `${await view.toSVG()}\n`;
  } finally {
    view.finalize();
  }
}

/** Requests per tenth of a second since the failure. */
export function barsOf(sent: readonly Sent[], failedAt: number, last: number): Bar[] {
  const counts = new Map<string, Bar>();
  for (const one of sent) {
    const bin = Math.floor((one.endedAt - failedAt) / binMilliseconds);
    const seconds = (bin * binMilliseconds) / 1000;
    if (seconds < -before || seconds > last) continue;
    const outcome = acknowledged(one) ? "answered" : "failed";
    const bar = counts.get(`${String(bin)} ${outcome}`) ?? { seconds, outcome, requests: 0 };
    counts.set(`${String(bin)} ${outcome}`, { ...bar, requests: bar.requests + 1 });
  }
  return [...counts.values()].sort((a, b) => a.seconds - b.seconds || a.outcome.localeCompare(b.outcome));
}

/** A Vega-Lite document. */
function specification(record: TrialRecord, bars: readonly Bar[], last: number): Record<string, unknown> {
  const marks = record.events.map((event, index) => ({ ...event, row: index % 4 }));
  const time = { field: "seconds", type: "quantitative", scale: { domain: [-before, last], nice: false } } as const;
  return {
    width: 900,
    background: "white",
    // A description of each bar for screen readers is most of the file; the title and the events are text as it is.
    config: { aria: false },
    title: { text: `${record.drill}: gap ${record.gapSeconds.toFixed(2)} s, promised ${String(record.boundSeconds)} s`, anchor: "start" },
    vconcat: [
      {
        width: 900,
        height: 60,
        data: { values: marks },
        encoding: { x: { ...time, axis: null }, y: { field: "row", type: "ordinal", axis: null } },
        layer: [
          { mark: { type: "tick", thickness: 2, color: "#444" } },
          { mark: { type: "text", align: "left", dx: 4, fontSize: 10, limit: 260 }, encoding: { text: { field: "what", type: "nominal" } } },
        ],
      },
      {
        width: 900,
        height: 160,
        layer: [
          {
            data: { values: [...bars] },
            mark: { type: "bar", width: Math.max(1, Math.floor((900 / (last + before)) * 0.09)) },
            encoding: {
              x: { ...time, title: "seconds since the failure" },
              y: { field: "requests", type: "quantitative", title: "requests per 0.1 s" },
              color: { field: "outcome", type: "nominal", title: null, scale: { domain: ["answered", "failed"], range: ["#4c9f70", "#c8443f"] } },
            },
          },
          { data: { values: marks }, mark: { type: "rule", color: "#444", strokeDash: [3, 3] }, encoding: { x: time } },
        ],
      },
    ],
  };
}
