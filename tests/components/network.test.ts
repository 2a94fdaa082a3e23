import assert from "node:assert/strict";
import { hostBlocks } from "../../components/network/host-blocks";
import { cidrOf, contains, parseCidr } from "../../config/cidr";
import { goodBlueprint, minioOverrides, nlbOverrides } from "../fixtures/good";
import { deployed, type Deployment } from "./deployment";
import { arnOf } from "./monitor";

describe("the network", () => {
  let variants: Deployment[];
  let level1: Deployment;

  before(async () => {
    variants = [await deployed(goodBlueprint()), await deployed(goodBlueprint(minioOverrides)), await deployed(goodBlueprint(nlbOverrides))];
    level1 = variants[0] as Deployment;
  });

  it("lets in exactly the blueprint's flows, by reference", () => {
    for (const deployment of variants) {
      const { flows, hosts } = deployment.blueprint;
      const roles = [...new Set(hosts.map((host) => host.role))];
      const expected = flows.flatMap(({ from, to, protocol, port }) =>
        (from === "endpoint-clients" ? roles : [from]).map((source) => `${source} ${to} ${protocol === "vrrp" ? "112" : `tcp ${port}-${port}`}`),
      );
      const owner = (id: unknown): string => deployment.withId(id).name.replace("bundler-level1-sg-", "");
      const found = deployment.ofType("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule").map((rule) => {
        const inputs = deployment.inputs(rule);
        const source = inputs["cidrIpv4"] === "0.0.0.0/0" ? "internet" : owner(inputs["referencedSecurityGroupId"]);
        const ports = inputs["ipProtocol"] === "tcp" ? `tcp ${String(inputs["fromPort"])}-${String(inputs["toPort"])}` : String(inputs["ipProtocol"]);
        return `${source} ${owner(inputs["securityGroupId"])} ${ports}`;
      });
      assert.deepEqual(found.sort(), expected.sort());
    }
  });

  it("opens nothing to the internet but the edge's two ports", () => {
    for (const deployment of variants) {
      const open = deployment
        .ofType("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule")
        .map((rule) => deployment.inputs(rule))
        .filter((inputs) => "cidrIpv4" in inputs);
      assert.deepEqual(open.map((inputs) => [inputs["securityGroupId"], inputs["fromPort"]]).sort(), [
        ["SecurityGroup/bundler-level1-sg-edge", 443],
        ["SecurityGroup/bundler-level1-sg-edge", 80],
      ]);
    }
  });

  it("empties the default security group", () => {
    const [group, ...others] = level1.ofType("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup");
    assert.ok(group !== undefined && others.length === 0);
    const { ingress, egress } = level1.inputs(group);
    assert.deepEqual({ ingress, egress }, { ingress: [], egress: [] });
  });

  it("has a public, a private and a data subnet in every zone, each with its own way out", () => {
    for (const zone of level1.blueprint.network.zones) {
      for (const tier of ["public", "private", "data"] as const) {
        const inputs = level1.inputs(level1.named(`bundler-level1-network-${tier}-${zone.letter}`, "aws:ec2/subnet:Subnet"));
        assert.deepEqual([inputs["cidrBlock"], inputs["availabilityZone"], inputs["mapPublicIpOnLaunch"]], [zone.cidrs[tier], zone.name, tier === "public"]);
        const association = level1.inputs(level1.named(`bundler-level1-network-${tier}-${zone.letter}-routes`));
        const table = tier === "public" ? "public" : `private-${zone.letter}`;
        assert.equal(association["routeTableId"], `RouteTable/bundler-level1-network-${table}`);
      }
      const nat = level1.inputs(level1.named(`bundler-level1-network-nat-${zone.letter}`));
      assert.equal(nat["subnetId"], `Subnet/bundler-level1-network-public-${zone.letter}`);
      const out = level1.inputs(level1.named(`bundler-level1-network-private-${zone.letter}-out`));
      assert.deepEqual([out["natGatewayId"], out["destinationCidrBlock"]], [`NatGateway/bundler-level1-network-nat-${zone.letter}`, "0.0.0.0/0"]);
    }
  });

  it("sets the fixed address of every host aside, inside its subnet, before anything takes a free one", () => {
    for (const deployment of variants) {
      const reservations = deployment.ofType("aws:ec2/subnetCidrReservation:SubnetCidrReservation");
      for (const host of deployment.blueprint.hosts) {
        const holding = reservations.filter((reservation) =>
          contains(cidrOf(deployment.inputs(reservation)["cidrBlock"] as string), cidrOf(`${host.address}/32`)),
        );
        assert.equal(holding.length, 1, host.name);
        const subnet = deployment.inputs(deployment.withId(deployment.inputs(holding[0] as (typeof holding)[number])["subnetId"]));
        assert.equal(subnet["availabilityZone"], host.zone);
        assert.ok(contains(cidrOf(subnet["cidrBlock"] as string), cidrOf(deployment.inputs(holding[0] as (typeof holding)[number])["cidrBlock"] as string)));
      }
      const takers = [
        ...deployment.ofType("aws:ec2/natGateway:NatGateway").map((taker) => ({ taker, tier: "public" })),
        ...deployment.ofType("aws:lb/loadBalancer:LoadBalancer").map((taker) => ({ taker, tier: "public" })),
        ...deployment
          .ofType("aws:ec2/vpcEndpoint:VpcEndpoint")
          .filter((endpoint) => deployment.inputs(endpoint)["vpcEndpointType"] === "Interface")
          .map((taker) => ({ taker, tier: "private" })),
      ];
      assert.ok(takers.length >= 3);
      for (const { taker, tier } of takers) {
        const needed = reservations.filter((reservation) => reservation.name.startsWith(`bundler-level1-network-${tier}-`));
        assert.ok(needed.length > 0);
        for (const reservation of needed) assert.ok(taker.dependencies.includes(reservation.urn), `${taker.name} does not wait for ${reservation.name}`);
      }
    }
  });

  it("reserves blocks that adding a host does not change", () => {
    assert.deepEqual(hostBlocks(["10.0.1.21"], "10.0.1.0/24"), [{ cidr: "10.0.1.16/28", name: "16" }]);
    assert.deepEqual(
      hostBlocks(["10.0.1.21", "10.0.1.31", "10.0.1.33"], "10.0.1.0/24").map(({ cidr }) => cidr),
      ["10.0.1.16/28", "10.0.1.32/28"],
    );
    assert.deepEqual(
      hostBlocks(["10.0.64.21", "10.0.65.21"], "10.0.64.0/20").map(({ name }) => name),
      ["16", "1-16"],
    );
    for (const { cidr } of hostBlocks(["10.0.1.255", "10.0.0.7"], "10.0.0.0/20")) assert.notEqual(parseCidr(cidr), null);
  });

  it("reaches every service of the blueprint inside the VPC", () => {
    const endpoints = level1.ofType("aws:ec2/vpcEndpoint:VpcEndpoint").map((endpoint) => level1.inputs(endpoint));
    assert.deepEqual(
      endpoints.map((inputs) => [inputs["serviceName"], inputs["vpcEndpointType"]]).sort(),
      [
        ["com.amazonaws.us-east-1.s3", "Gateway"],
        ...level1.blueprint.network.interfaceEndpoints.map((service) => [`com.amazonaws.us-east-1.${service}`, "Interface"]),
      ].sort(),
    );
    const gateway = endpoints.find((inputs) => inputs["vpcEndpointType"] === "Gateway");
    assert.equal((gateway?.["routeTableIds"] as unknown[]).length, 3);
    for (const inputs of endpoints.filter((one) => one["vpcEndpointType"] === "Interface")) {
      assert.equal((inputs["subnetIds"] as unknown[]).length, 3);
      assert.deepEqual(inputs["securityGroupIds"], ["SecurityGroup/bundler-level1-sg-endpoints"]);
    }
  });

  it("keeps flow logs under the stack's key, which its policy lets CloudWatch use for this stack's logs only", () => {
    const group = level1.inputs(level1.named("bundler-level1-flow-logs-group"));
    assert.deepEqual([group["kmsKeyId"], group["retentionInDays"]], [arnOf("kms", "bundler-level1-key-key"), 30]);
    const key = level1.inputs(level1.named("bundler-level1-key-key"));
    assert.equal(key["enableKeyRotation"], true);
    const { Statement } = JSON.parse(key["policy"] as string) as { Statement: { Sid: string; Principal: unknown; Condition?: unknown }[] };
    assert.deepEqual(
      Statement.map(({ Sid, Principal, Condition }) => ({ Sid, Principal, Condition })),
      [
        { Sid: "Account", Principal: { AWS: "arn:aws:iam::123456789012:root" }, Condition: undefined },
        {
          Sid: "Logs",
          Principal: { Service: "logs.us-east-1.amazonaws.com" },
          Condition: { ArnLike: { "kms:EncryptionContext:aws:logs:arn": "arn:aws:logs:us-east-1:123456789012:log-group:/bundler-level1/*" } },
        },
      ],
    );
    assert.ok(String(group["name"]).startsWith("/bundler-level1/"));
  });
});
