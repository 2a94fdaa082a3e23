import * as pulumi from "@pulumi/pulumi";
import type { HostRole } from "../../blueprint/types";
import { Component } from "../component";
import type { Grant } from "../grant";
import { fleet } from "../host/fleet";
import type { OwnFoundation } from "../host/foundation";
import type { App } from "./index";

/** The application's processes on API and worker hosts, each with the data proxy on loopback. */
export class Ec2App extends Component implements App {
  public readonly instanceIds: Map<string, pulumi.Output<string>>;
  public readonly groupArns = new Map<HostRole, pulumi.Output<string>>();

  public constructor(name: string, foundation: OwnFoundation, objects: Grant[], opts: pulumi.ComponentResourceOptions) {
    super("ha:app:Ec2App", name, opts);
    const { blueprint } = foundation;
    this.instanceIds = new Map([...fleet(this, name, foundation, "api", objects), ...fleet(this, name, foundation, "worker", objects)]);
    this.publish({
      hosts: blueprint.hosts
        .filter((host) => host.role === "api" || host.role === "worker")
        .map(({ name: host, role, zone, processes }) => ({ host, role, zone, processes })),
      processes: blueprint.processes.map(({ name: process, role, placement, instances }) => ({ process, role, placement, instances })),
      proxy: { ...blueprint.proxy },
      singleton: { ...blueprint.singleton },
    });
  }
}
