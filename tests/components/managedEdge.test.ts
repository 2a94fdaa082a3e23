import assert from "node:assert/strict";
import { routes, serviceFor } from "../../blueprint/routes";
import { managedBlueprint } from "../fixtures/good";
import { deployed, permissions, type Deployment } from "./deployment";
import { arnOf } from "./monitor";
import type { Registered } from "./monitor";

const prefix = "bundler-level1";
const hostedZoneId = "Z0123456789ABCDEFGHIJ";
const targets = { upload: arnOf("lb", `${prefix}-edge-upload-api`), payment: arnOf("lb", `${prefix}-edge-payment-service`) };

interface Action {
  type: string;
  targetGroupArn?: string;
  fixedResponse?: { statusCode: string };
}

describe("the managed edge", () => {
  let level1: Deployment;
  let balancer: Record<string, unknown>;

  const inputsOf = (name: string): Record<string, unknown> => level1.inputs(level1.named(`${prefix}-edge-${name}`));
  const balancerOf = (type: string): Registered => {
    const found = level1.ofType("aws:lb/loadBalancer:LoadBalancer").find((one) => level1.inputs(one)["loadBalancerType"] === type);
    assert.ok(found !== undefined, type);
    return found;
  };

  before(async function () {
    this.timeout(60_000);
    level1 = await deployed(managedBlueprint());
    balancer = level1.inputs(balancerOf("application"));
  });

  it("is an application load balancer in every public subnet, with access logs, and kept", () => {
    assert.notEqual(balancer["internal"], true);
    assert.deepEqual(
      balancer["subnets"],
      ["a", "b", "c"].map((letter) => `Subnet/${prefix}-network-public-${letter}`),
    );
    assert.deepEqual(balancer["securityGroups"], [`SecurityGroup/${prefix}-sg-edge`]);
    assert.deepEqual(balancer["accessLogs"], { bucket: `Bucket/${prefix}-edge-logs-bucket`, enabled: true });
    assert.deepEqual([balancer["enableDeletionProtection"], balancer["dropInvalidHeaderFields"]], [true, true]);
    assert.equal(balancer["idleTimeout"], managedBlueprint().edge.idleSeconds);
  });

  it("waits for its way out and for leave to write its logs", () => {
    const { dependencies } = balancerOf("application");
    for (const name of ["network-public-out", "sg-edge-out", "edge-logs-policy"])
      assert.ok(dependencies.includes(level1.named(`${prefix}-${name}`).urn), `the load balancer does not wait for ${name}`);
  });

  it("writes its logs where only the delivery service may, over TLS, and they expire", () => {
    const policy = permissions(inputsOf("logs-policy")["policy"]);
    const bucket = arnOf("s3", `${prefix}-edge-logs-bucket`);
    assert.deepEqual(policy, [`Allow s3:PutObject ${bucket}/AWSLogs/123456789012/*`, `Deny s3:* ${bucket}`, `Deny s3:* ${bucket}/*`]);
    const { Statement } = JSON.parse(inputsOf("logs-policy")["policy"] as string) as {
      Statement: { Effect: string; Principal: unknown; Condition?: unknown }[];
    };
    assert.deepEqual(
      Statement.map(({ Principal, Condition }) => [Principal, Condition]),
      [
        [{ Service: "logdelivery.elasticloadbalancing.amazonaws.com" }, undefined],
        ["*", { Bool: { "aws:SecureTransport": "false" } }],
      ],
    );
    const [rule] = inputsOf("logs-lifecycle")["rules"] as { expiration: { days: number }; status: string }[];
    assert.deepEqual([rule?.expiration.days, rule?.status], [managedBlueprint().edge.accessLogs.expireDays, "Enabled"]);
  });

  it("speaks TLS 1.2 and 1.3 with the operator's certificate, and without TLS only redirects", () => {
    const { edge } = managedBlueprint();
    const https = inputsOf("https");
    assert.deepEqual([https["port"], https["protocol"], https["certificateArn"]], [443, "HTTPS", edge.certificateArn]);
    assert.equal(https["sslPolicy"], "ELBSecurityPolicy-TLS13-1-2-2021-06");
    const http = inputsOf("http");
    assert.deepEqual([http["port"], http["protocol"]], [80, "HTTP"]);
    assert.deepEqual(http["defaultActions"], [{ type: "redirect", redirect: { port: "443", protocol: "HTTPS", statusCode: "HTTP_301" } }]);
    for (const listener of [https, http]) assert.equal(listener["loadBalancerArn"], arnOf("lb", `${prefix}-edge-alb`));
  });

  it("sends every path where the route table says: the rules are in its order, all of the TLS listener", () => {
    const rules = level1
      .ofType("aws:lb/listenerRule:ListenerRule")
      .map(
        (rule) => level1.inputs(rule) as { listenerArn: string; priority: number; actions: Action[]; conditions: { pathPattern: { regexValues: string[] } }[] },
      )
      .sort((one, other) => one.priority - other.priority);
    for (const { listenerArn } of rules) assert.equal(listenerArn, arnOf("lb", `${prefix}-edge-https`));
    const serviceOf = ([action]: Action[]): string => {
      if (action?.type === "fixed-response" && action.fixedResponse?.statusCode === "404") return "deny";
      return Object.entries(targets).find(([, arn]) => action?.type === "forward" && action.targetGroupArn === arn)?.[0] ?? "nowhere";
    };
    const answered = (path: string): string => {
      const found = rules.find(({ conditions }) =>
        conditions.every(({ pathPattern }) => pathPattern.regexValues.some((regex) => new RegExp(regex).test(path))),
      );
      return serviceOf(found?.actions ?? (inputsOf("https")["defaultActions"] as Action[]));
    };
    const paths = [...routes.flatMap(({ path }) => [path, `${path}x`, path.toUpperCase()]), "/", "/v1/tx", "/v1/price", "/v1/info", "/x/metrics"];
    for (const path of paths) assert.equal(answered(path), serviceFor(path), path);
    assert.deepEqual([...new Set(paths.map(answered))].sort(), ["deny", "payment", "upload"]);
  });

  it("asks each service whether it is well on its own port, and lets requests end", () => {
    const { edge, processes } = managedBlueprint();
    for (const process of ["upload-api", "payment-service"]) {
      const group = inputsOf(process);
      const port = processes.find(({ name }) => name === process)?.port;
      assert.deepEqual([group["port"], group["protocol"], group["targetType"]], [port, "HTTP", "instance"]);
      assert.equal(group["deregistrationDelay"], edge.deregistrationSeconds);
      const check = group["healthCheck"] as Record<string, unknown>;
      assert.deepEqual([check["port"], check["path"], check["matcher"]], [String(port), edge.check.path, "200"]);
      assert.deepEqual(
        [check["interval"], check["timeout"], check["unhealthyThreshold"]],
        [edge.check.intervalSeconds, edge.check.timeoutSeconds, edge.check.count],
      );
    }
  });

  it("has payment-service behind an internal load balancer in every private subnet, from every zone to every zone", () => {
    const { edge } = managedBlueprint();
    const inner = level1.inputs(balancerOf("network"));
    assert.deepEqual([inner["internal"], inner["enableCrossZoneLoadBalancing"], inner["enableDeletionProtection"]], [true, true, true]);
    assert.deepEqual(
      inner["subnets"],
      ["a", "b", "c"].map((letter) => `Subnet/${prefix}-network-private-${letter}`),
    );
    assert.deepEqual(inner["securityGroups"], [`SecurityGroup/${prefix}-sg-balancer`]);
    const listener = inputsOf("payment-listener");
    assert.deepEqual([listener["port"], listener["protocol"]], [edge.payment.port, "TCP"]);
    assert.deepEqual(listener["defaultActions"], [{ type: "forward", targetGroupArn: arnOf("lb", `${prefix}-edge-payment-group`) }]);
    // Machines' security group lets the balancer's in: with a client's own address it would refuse.
    assert.equal(inputsOf("payment-group")["preserveClientIp"], "false");
  });

  it("has the domain's record only where the operator names its zone, as an alias of the load balancer", async () => {
    const isPublic = (deployment: Deployment): Record<string, unknown>[] =>
      deployment
        .ofType("aws:route53/record:Record")
        .map((record) => deployment.inputs(record))
        .filter((record) => record["zoneId"] === hostedZoneId);
    assert.deepEqual(isPublic(level1), []);
    const [record, ...others] = isPublic(await deployed(managedBlueprint({ hostedZoneId })));
    assert.ok(record !== undefined && others.length === 0);
    assert.deepEqual([record["name"], record["type"]], [managedBlueprint().domain, "A"]);
    assert.deepEqual(record["aliases"], [{ name: `${prefix}-edge-alb.amazonaws.com`, zoneId: "zone of load balancers", evaluateTargetHealth: true }]);
  });
});
