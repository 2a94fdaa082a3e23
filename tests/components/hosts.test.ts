import assert from "node:assert/strict";
import { userData } from "../../hosts";
import { goodBlueprint, minioOverrides, nlbOverrides } from "../fixtures/good";
import { deployed, type Deployment } from "./deployment";
import { arnOf } from "./monitor";

describe("hosts", () => {
  let level1: Deployment;
  let minio: Deployment;

  before(async () => {
    level1 = await deployed(goodBlueprint());
    minio = await deployed(goodBlueprint(minioOverrides));
  });

  it("are where their facts and the blueprint say: subnet, zone, address, volumes", () => {
    for (const deployment of [level1, minio]) {
      const components = deployment.ofType("ha:host:Host");
      assert.equal(components.length, deployment.blueprint.hosts.length);
      for (const host of deployment.blueprint.hosts) {
        const component = components.find((one) => one.facts?.["host"] === host.name);
        assert.ok(component !== undefined, host.name);
        const [instance, ...others] = deployment.childrenOf(component, "aws:ec2/instance:Instance");
        assert.ok(instance !== undefined && others.length === 0);
        const inputs = deployment.inputs(instance);
        const subnet = deployment.inputs(deployment.withId(inputs["subnetId"]));
        assert.deepEqual([subnet["availabilityZone"], component.facts?.["zone"]], [host.zone, host.zone]);
        assert.deepEqual([inputs["privateIp"], component.facts?.["address"]], [host.address, host.address]);
        assert.deepEqual(inputs["vpcSecurityGroupIds"], [`SecurityGroup/bundler-level1-sg-${host.role}`]);
        const volumes = deployment.childrenOf(component, "aws:ebs/volume:Volume").map((volume) => deployment.inputs(volume));
        assert.deepEqual(
          volumes.map((volume) => [volume["availabilityZone"], volume["size"], volume["encrypted"], volume["kmsKeyId"]]),
          host.volumes.map((volume) => [host.zone, volume.sizeGib, true, arnOf("kms", "bundler-level1-key-key")]),
        );
        const attached = deployment.childrenOf(component, "aws:ec2/volumeAttachment:VolumeAttachment").map((one) => deployment.inputs(one)["deviceName"]);
        assert.deepEqual(
          attached,
          host.volumes.map((volume) => volume.device),
        );
      }
    }
  });

  it("boot from their own user data, with IMDSv2 only, an encrypted root disk and their role", () => {
    for (const host of level1.blueprint.hosts) {
      const component = level1.ofType("ha:host:Host").find((one) => one.facts?.["host"] === host.name);
      assert.ok(component !== undefined);
      const [template] = level1.childrenOf(component, "aws:ec2/launchTemplate:LaunchTemplate");
      assert.ok(template !== undefined);
      const inputs = level1.inputs(template);
      assert.equal(inputs["userData"], userData(level1.blueprint, host));
      assert.equal(inputs["imageId"], level1.blueprint.image.ami);
      assert.deepEqual(inputs["metadataOptions"], { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 });
      assert.deepEqual(inputs["iamInstanceProfile"], { name: `bundler-level1-${host.role}` });
      const [disk] = inputs["blockDeviceMappings"] as { ebs: Record<string, unknown> }[];
      assert.deepEqual([disk?.ebs["encrypted"], disk?.ebs["volumeSize"]], ["true", host.rootGib]);
      const [instance] = level1.childrenOf(component, "aws:ec2/instance:Instance");
      assert.deepEqual(level1.inputs(instance as NonNullable<typeof instance>)["launchTemplate"], {
        id: `LaunchTemplate/${template.name}`,
        version: "$Latest",
      });
      assert.equal(instance?.deleteBeforeReplace, true);
    }
  });

  it("boot only when they can reach packages and may read their secrets", () => {
    for (const host of level1.blueprint.hosts) {
      const instance = level1.ofType("aws:ec2/instance:Instance").find((one) => one.name.endsWith(`-${host.name}-instance`));
      assert.ok(instance !== undefined);
      const letter = host.zone.slice(-1);
      const folder = host.role === "api" || host.role === "worker" ? "app" : host.role;
      const needed = [
        `bundler-level1-network-${host.tier}-${letter}-routes`,
        `bundler-level1-network-${host.tier === "public" ? "public" : `private-${letter}`}-out`,
        `bundler-level1-sg-${host.role}-out`,
        `bundler-level1-${folder}-${host.role}-policy`,
      ];
      for (const name of needed) assert.ok(instance.dependencies.includes(level1.named(name).urn), `${host.name} does not wait for ${name}`);
    }
  });

  it("carry their name, role and stack on everything that EC2 makes at launch", () => {
    for (const template of level1.ofType("aws:ec2/launchTemplate:LaunchTemplate")) {
      const specifications = level1.inputs(template)["tagSpecifications"] as { resourceType: string; tags: Record<string, string> }[];
      assert.deepEqual(
        specifications.map((one) => one.resourceType),
        ["volume", "network-interface"],
      );
      for (const { tags } of specifications) {
        const host = level1.blueprint.hosts.find((one) => one.name === tags["ha:host"]);
        assert.ok(host !== undefined);
        assert.deepEqual(tags, { Name: `bundler-level1-${host.name}`, "ha:host": host.name, "ha:role": host.role, "ha:stack": "level1" });
      }
    }
  });

  it("change templates only, and replace no instance, when a file changes", async () => {
    const changed = await deployed(goodBlueprint({ patroniTtlSeconds: 30 }));
    const inputsOf = (deployment: Deployment, type: string): Map<string, string> =>
      new Map(deployment.ofType(type).map((resource) => [resource.name, JSON.stringify(deployment.inputs(resource))]));
    assert.deepEqual(inputsOf(changed, "aws:ec2/instance:Instance"), inputsOf(level1, "aws:ec2/instance:Instance"));
    const [before, after] = [level1, changed].map((deployment) => inputsOf(deployment, "aws:ec2/launchTemplate:LaunchTemplate"));
    const differing = [...(before ?? [])].filter(([name, inputs]) => after?.get(name) !== inputs).map(([name]) => name);
    assert.deepEqual(
      differing.sort(),
      ["db-1", "db-2", "db-3"].map((host) => `bundler-level1-database-${host}-template`),
    );
    const facts = changed.ofType("ha:database:Patroni")[0]?.facts as { patroni: { ttlSeconds: number } } | undefined;
    assert.equal(facts?.patroni.ttlSeconds, 30);
    const others = (deployment: Deployment): unknown[] =>
      deployment.resources
        .filter(({ type }) => type.startsWith("ha:") && type !== "ha:database:Patroni")
        // The platform says its whole blueprint.
        .map(({ name, facts: own }) => [name, { ...own, blueprint: null }]);
    assert.deepEqual(others(changed), others(level1));
  });

  it("of the edge stand behind a load balancer when the blueprint asks for it", async () => {
    const nlb = await deployed(goodBlueprint(nlbOverrides));
    const [balancer] = nlb.ofType("aws:lb/loadBalancer:LoadBalancer");
    assert.ok(balancer !== undefined);
    const inputs = nlb.inputs(balancer);
    assert.deepEqual([inputs["loadBalancerType"], inputs["enableCrossZoneLoadBalancing"]], ["network", true]);
    assert.deepEqual(
      (inputs["subnetMappings"] as { subnetId: string }[]).map((mapping) => mapping.subnetId),
      nlb.blueprint.network.zones.map((zone) => `Subnet/bundler-level1-network-public-${zone.letter}`),
    );
    const targets = nlb.ofType("aws:lb/targetGroupAttachment:TargetGroupAttachment").map((one) => nlb.inputs(one));
    const expected = ["edge-1", "edge-2"].flatMap((host) => [80, 443].map((port) => [`Instance/bundler-level1-edge-${host}-instance`, port]));
    assert.deepEqual(targets.map((target) => [target["targetId"], target["port"]]).sort(), expected.sort());
  });
});
