import { writeFileSync } from "node:fs";
import { run } from "../commands";
import { namespaces } from "../network/links";
import { loadRuleset } from "../network/load";
import { gatewayRuleset } from "../network/rules";
import type { LabPlatform } from "../platform";

/** The internet gateway of the VPC: which host has which Elastic IP. */
export class Gateway {
  /** Elastic IP → private address. */
  private readonly owners = new Map<string, string>();

  public constructor(
    private readonly platform: LabPlatform,
    private readonly ownersFile: string,
  ) {}

  /** Gives an Elastic IP to an instance; connections to its former owner end. */
  public async associate(allocationId: string, instanceId: string): Promise<void> {
    const elastic = this.platform.elasticIps.find((one) => one.allocationId === allocationId);
    const host = this.platform.hosts.find((one) => one.instanceId === instanceId);
    if (elastic === undefined || host === undefined) throw new Error(`associate ${allocationId} with ${instanceId}: not both in the stack`);
    this.owners.set(elastic.address, host.address);
    await this.load();
    // Without any connection there is nothing to delete, and conntrack calls that a failure.
    await run("ip", ["netns", "exec", namespaces.core, "conntrack", "--delete", "--orig-dst", elastic.address]);
  }

  /** Loads the translations into the region's core. */
  public async load(): Promise<void> {
    await loadRuleset(namespaces.core, gatewayRuleset(this.owners, this.platform.vpcCidr));
    writeFileSync(this.ownersFile, JSON.stringify(Object.fromEntries(this.owners)));
  }
}
