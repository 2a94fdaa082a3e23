import { spawn, type ChildProcess } from "node:child_process";
import { join } from "node:path";
import { enterGroup } from "../cgroups";
import { run } from "../commands";
import type { LabPlatform, LabZone } from "../platform";
import { zoneLink } from "./addresses";
import { namespaces, uplink } from "./links";
import { loadRuleset, runBatch } from "./load";
import { lossRuleset } from "./rules";

const device = "late";

/** A zone whose way to the rest of the region is long and bad, until `end`. */
export class Disturbance {
  private constructor(
    private readonly relay: ChildProcess,
    private readonly platform: LabPlatform,
    private readonly zone: LabZone,
  ) {}

  /** `delayMilliseconds` for each way; `lossPercent` of all packets between zones. */
  public static async begin(platform: LabPlatform, zone: LabZone, delayMilliseconds: number, lossPercent: number): Promise<Disturbance> {
    const ends = [namespaces.zone(zone.letter), device, namespaces.core, device];
    const program = ["python3", join(__dirname, "relay.py"), String(delayMilliseconds), ...ends];
    // In a group of its own, by which `make lab-down` finds it whatever became of the drill.
    const relay = spawn("sh", ["-c", `${enterGroup("relay")}; exec "$@"`, "sh", ...program], { stdio: ["ignore", "pipe", "inherit"] });
    await new Promise<void>((resolve, reject) => {
      relay.stdout.once("data", () => {
        resolve();
      });
      relay.once("exit", () => {
        reject(new Error("the relay between zones did not start"));
      });
    });
    const disturbance = new Disturbance(relay, platform, zone);
    await runBatch({ namespace: namespaces.core, commands: zone.subnets.map((subnet) => `route replace ${subnet} dev ${device}`) });
    await runBatch({ namespace: namespaces.zone(zone.letter), commands: [`route replace default dev ${device}`] });
    await loadRuleset(namespaces.core, lossRuleset(lossPercent));
    return disturbance;
  }

  public async end(): Promise<void> {
    const index = this.platform.zones.indexOf(this.zone);
    const link = zoneLink(index);
    await runBatch({ namespace: namespaces.core, commands: this.zone.subnets.map((subnet) => `route replace ${subnet} via ${link.zone}`) });
    await runBatch({ namespace: namespaces.zone(this.zone.letter), commands: [`route replace default via ${link.core} dev ${uplink}`] });
    await run("ip", ["netns", "exec", namespaces.core, "nft", "delete", "table", "inet", "loss"]);
    this.relay.kill("SIGKILL");
  }
}
