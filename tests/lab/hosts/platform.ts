import type { LabHost, LabPlatform } from "../../../lab/hosts/platform";

export function host(name: string, changes: Partial<LabHost> = {}): LabHost {
  return {
    name,
    role: name.split("-")[0] ?? "",
    instanceId: `i-${name}`,
    zone: "us-east-1a",
    address: "10.0.0.11",
    subnetCidr: "10.0.0.0/24",
    groups: ["sg-edge"],
    iamRole: "edge",
    tags: { "ha:role": "edge" },
    userData: Buffer.from("data").toString("base64"),
    volumes: [],
    ...changes,
  };
}

/** A small platform: two zones, an edge and a database host, a rule of each kind, an endpoint. */
export function smallPlatform(): LabPlatform {
  return {
    region: "us-east-1",
    vpcCidr: "10.0.0.0/16",
    zones: [
      { name: "us-east-1a", letter: "a", subnets: ["10.0.0.0/24"] },
      { name: "us-east-1b", letter: "b", subnets: ["10.0.1.0/24"] },
    ],
    hosts: [
      host("edge-1"),
      host("db-1", { role: "database", zone: "us-east-1b", address: "10.0.1.21", subnetCidr: "10.0.1.0/24", groups: ["sg-db"], iamRole: "database" }),
    ],
    services: [],
    privateZone: undefined,
    rules: [
      { id: "in-https", group: "sg-edge", direction: "in", protocol: "tcp", ports: { from: 443, to: 443 }, peer: { cidr: "0.0.0.0/0" }, why: "" },
      { id: "in-vrrp", group: "sg-edge", direction: "in", protocol: "112", ports: undefined, peer: { group: "sg-edge" }, why: "" },
      { id: "in-db", group: "sg-db", direction: "in", protocol: "tcp", ports: { from: 5432, to: 5433 }, peer: { group: "sg-edge" }, why: "" },
      { id: "in-nobody", group: "sg-db", direction: "in", protocol: "tcp", ports: { from: 1, to: 1 }, peer: { group: "sg-empty" }, why: "" },
      { id: "out-all", group: "sg-edge", direction: "out", protocol: "-1", ports: undefined, peer: { cidr: "0.0.0.0/0" }, why: "" },
    ],
    endpoints: [{ service: "secretsmanager", groups: ["sg-endpoint"], addresses: [{ zone: "us-east-1a", address: "10.0.0.250" }] }],
    elasticIps: [{ allocationId: "eipalloc-1", arn: "arn:aws:ec2:us-east-1:1:elastic-ip/eipalloc-1", address: "198.18.0.1", name: "bundler-edge" }],
    secrets: [{ name: "bundler/wallet", arn: "arn:aws:secretsmanager:us-east-1:1:secret:wallet", keyArn: "arn:aws:kms:us-east-1:1:key/1", value: "v" }],
    buckets: [{ name: "items", keyArn: undefined }],
    roles: [],
    groups: [],
  };
}
