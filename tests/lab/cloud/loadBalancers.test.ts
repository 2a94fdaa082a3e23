import assert from "node:assert/strict";
import { difference } from "../../../lab/cloud/difference";
import type { Made } from "../../../lab/cloud/package";
import { mustText, type Properties } from "../../../lab/cloud/properties";
import { Account, modelOf, network, refusedByCheck, type Network } from "./account";

const BALANCER = "aws:lb/loadBalancer:LoadBalancer";
const TARGETS = "aws:lb/targetGroup:TargetGroup";
const LISTENER = "aws:lb/listener:Listener";
const RULE = "aws:lb/listenerRule:ListenerRule";
const BUCKET = "aws:s3/bucket:Bucket";
const BUCKET_POLICY = "aws:s3/bucketPolicy:BucketPolicy";
const CERTIFICATE = "arn:aws:acm:us-east-1:123456789012:certificate/0b0d3c1e-0000-4000-8000-000000000000";

interface Edge extends Network {
  account: Account;
  balancer: Made;
  nlb: Made;
  web: (name: string, more?: Properties) => Made;
  listen: (more: Properties) => Properties;
}

function edge(): Edge {
  const account = new Account();
  const net = network(account);
  const subnets = [net.subnetA.id, net.subnetB.id];
  const balancer = account.make(BALANCER, { name: "edge", subnets });
  const nlb = account.make(BALANCER, { name: "inner", loadBalancerType: "network", internal: true, subnets });
  const web = (name: string, more: Properties = {}): Made => account.make(TARGETS, { name, port: 3000, protocol: "HTTP", vpcId: net.vpc.id, ...more });
  const listen = (more: Properties): Properties => ({
    loadBalancerArn: balancer.id,
    port: 443,
    protocol: "HTTPS",
    certificateArn: CERTIFICATE,
    defaultActions: [{ type: "fixed-response", fixedResponse: { contentType: "text/plain", statusCode: "404" } }],
    ...more,
  });
  return { account, ...net, balancer, nlb, web, listen };
}

const forward = (target: Made): Properties => ({ type: "forward", targetGroupArn: target.id });
const redirect = (more: Properties): Properties => ({ type: "redirect", redirect: { statusCode: "HTTP_301", ...more } });

describe("embedded cloud: application load balancers", () => {
  it("has HTTPS with a certificate of its region and account, and HTTP that redirects to it", () => {
    const { account, balancer, listen } = edge();
    const made = account.make(LISTENER, listen({ sslPolicy: "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09" }));
    assert.match(made.id, /:listener\/app\/edge\/[0-9a-f]{16}\/[0-9a-f]{16}$/);
    const plain = account.make(LISTENER, {
      loadBalancerArn: balancer.id,
      port: 80,
      defaultActions: [redirect({ protocol: "HTTPS", port: "443" })],
    });
    assert.equal(plain.properties["protocol"], "HTTP");
    const other = (more: Properties): Properties => listen({ port: 8443, ...more });
    account.refusesToMake("CertificateNotFound", LISTENER, other({ certificateArn: CERTIFICATE.replace("us-east-1", "eu-west-1") }));
    account.refusesToMake("CertificateNotFound", LISTENER, other({ certificateArn: CERTIFICATE.replace("123456789012", "210987654321") }));
    account.refusesToMake("SSLPolicyNotFound", LISTENER, other({ sslPolicy: "ELBSecurityPolicy-TLS14" }));
    account.refusesToMake("ValidationError", LISTENER, other({ protocol: "HTTP" }));
    account.refused("CertificateNotFound", () => {
      const { certificateArn, ...rest } = listen({});
      assert.equal(certificateArn, CERTIFICATE);
      account.change(LISTENER, made, rest);
    });
    assert.equal(account.change(LISTENER, made, listen({}))["sslPolicy"], "ELBSecurityPolicy-2016-08");
  });

  it("refuses redirects that loop or leave encryption, and actions without their part", () => {
    const { account, listen, nlb } = edge();
    const redirecting = (more: Properties): Properties => listen({ defaultActions: [redirect(more)] });
    account.refusesToMake("InvalidLoadBalancerAction", LISTENER, redirecting({ protocol: "HTTPS", port: "443" }));
    account.refusesToMake("InvalidLoadBalancerAction", LISTENER, redirecting({ protocol: "HTTP", port: "80" }));
    account.refusesToMake("InvalidLoadBalancerAction", LISTENER, {
      loadBalancerArn: nlb.id,
      port: 80,
      protocol: "TCP",
      defaultActions: [redirect({ host: "a.b" })],
    });
    account.refusesToMake("TooManyActions", LISTENER, listen({ defaultActions: [redirect({ host: "a.b" }), redirect({ host: "a.c" })] }));
    refusedByCheck(LISTENER, redirecting({ port: "0" }), "defaultActions[0].redirect.port");
    refusedByCheck(LISTENER, listen({ defaultActions: [{ type: "redirect" }] }), "defaultActions[0]");
    refusedByCheck(LISTENER, listen({ defaultActions: [{ type: "forward" }] }), "defaultActions[0]");
    const fixedResponse = { contentType: "text/plain", statusCode: "302" };
    refusedByCheck(LISTENER, listen({ defaultActions: [{ type: "fixed-response", fixedResponse }] }), "defaultActions[0].fixedResponse.statusCode");
    account.make(LISTENER, redirecting({ host: "www.#{host}" }));
  });

  it("forwards to weighted groups of its own VPC that no other load balancer has", () => {
    const { account, listen, web, nlb, subnetA, subnetB } = edge();
    const [blue, green] = [web("blue"), web("green")];
    const weighted = (...groups: Properties[]): Properties => ({
      type: "forward",
      forward: { targetGroups: groups, stickiness: { duration: 600, enabled: true } },
    });
    const listener = account.make(LISTENER, listen({ defaultActions: [weighted({ arn: blue.id, weight: 9 }, { arn: green.id, weight: 1 })] }));
    account.refused("ResourceInUse", () => {
      account.delete(TARGETS, green);
    });
    const second = account.make(BALANCER, { name: "second", subnets: [subnetA.id, subnetB.id] });
    account.refusesToMake("TargetGroupAssociationLimit", LISTENER, listen({ loadBalancerArn: second.id, defaultActions: [forward(blue)] }));
    account.refusesToMake("TargetGroupNotFound", LISTENER, listen({ port: 1, defaultActions: [weighted({ arn: `${blue.id}0` })] }));
    const other = account.make("aws:ec2/vpc:Vpc", { cidrBlock: "10.8.0.0/16" });
    account.refusesToMake("InvalidConfigurationRequest", LISTENER, listen({ port: 1, defaultActions: [forward(web("far", { vpcId: other.id }))] }));
    const grpc = web("grpc", { protocolVersion: "GRPC", healthCheck: { matcher: "0-99" } });
    account.refusesToMake("IncompatibleProtocols", LISTENER, {
      ...listen({ port: 80, protocol: "HTTP", defaultActions: [forward(grpc)] }),
      certificateArn: null,
    });
    const datagrams = web("udp", { protocol: "UDP" });
    account.refusesToMake("IncompatibleProtocols", LISTENER, { loadBalancerArn: nlb.id, port: 9, protocol: "TCP", defaultActions: [forward(datagrams)] });
    refusedByCheck(LISTENER, listen({ defaultActions: [weighted({ arn: blue.id, weight: 1000 })] }), "defaultActions[0].forward.targetGroups[0].weight");
    const six = Array.from({ length: 6 }, () => ({ arn: blue.id }));
    refusedByCheck(LISTENER, listen({ defaultActions: [weighted(...six)] }), "defaultActions[0].forward.targetGroups");
    account.change(LISTENER, listener, listen({ defaultActions: [forward(blue)] }));
    account.delete(TARGETS, green);
  });

  it("refuses attributes of target groups that do not go together", () => {
    const { account, web, vpc } = edge();
    const group = (more: Properties): Properties => ({ name: "api", port: 3000, protocol: "HTTP", vpcId: vpc.id, ...more });
    const made = web("ok", {
      loadBalancingAlgorithmType: "least_outstanding_requests",
      deregistrationDelay: 30,
      healthCheck: { path: "/health", matcher: "200-299", interval: 10, timeout: 5, healthyThreshold: 2, unhealthyThreshold: 2 },
      stickiness: { type: "app_cookie", cookieName: "session", cookieDuration: 60 },
      targetGroupHealth: { dnsFailover: { minimumHealthyTargetsCount: "2" }, unhealthyStateRouting: { minimumHealthyTargetsCount: 2 } },
    });
    assert.equal(made.properties["protocolVersion"], "HTTP1");
    const refuses = (code: string, more: Properties): void => {
      account.refusesToMake(code, TARGETS, group(more));
    };
    refuses("InvalidConfigurationRequest", { loadBalancingAlgorithmType: "least_outstanding_requests", slowStart: 60 });
    refuses("InvalidConfigurationRequest", { loadBalancingAnomalyMitigation: "on" });
    refuses("InvalidConfigurationRequest", { protocol: "TCP", loadBalancingAlgorithmType: "round_robin" });
    refuses("InvalidConfigurationRequest", { protocol: "TCP", stickiness: { type: "lb_cookie" } });
    refuses("InvalidConfigurationRequest", { protocol: "TLS", stickiness: { type: "source_ip" } });
    refuses("InvalidConfigurationRequest", { targetGroupHealth: { unhealthyStateRouting: { minimumHealthyTargetsCount: 2 } } });
    refuses("ValidationError", { healthCheck: { matcher: "200-599" } });
    refuses("ValidationError", { healthCheck: { enabled: false } });
    refuses("ValidationError", { stickiness: { type: "app_cookie", cookieName: "AWSALB" } });
    refusedByCheck(TARGETS, group({ slowStart: 20 }), "slowStart");
    refusedByCheck(TARGETS, group({ stickiness: { type: "app_cookie" } }), "stickiness.cookieName");
    refusedByCheck(TARGETS, group({ healthCheck: { path: "health" } }), "healthCheck.path");
    refusedByCheck(TARGETS, group({ healthCheck: { protocol: "TCP" } }), "healthCheck.protocol");
    refusedByCheck(TARGETS, group({ healthCheck: { interval: 5 } }), "healthCheck.timeout");
    account.refused("InvalidConfigurationRequest", () => account.change(TARGETS, made, { ...group({ loadBalancingAnomalyMitigation: "on" }), name: "ok" }));
    assert.equal(difference(modelOf(TARGETS), group({}), group({ protocolVersion: "HTTP2" })).changes[0]?.effect, "replace");
  });

  it("gives an application load balancer the default group, and a network one groups only from the beginning", () => {
    const { account, balancer, nlb, vpc, subnetA, subnetB } = edge();
    assert.deepEqual(balancer.properties["securityGroups"], [vpc.properties["defaultSecurityGroupId"]]);
    assert.deepEqual(nlb.properties["securityGroups"], []);
    const group = account.make("aws:ec2/securityGroup:SecurityGroup", { name: "inner", vpcId: vpc.id });
    const inner: Properties = { name: "inner", loadBalancerType: "network", internal: true, subnets: [subnetA.id, subnetB.id] };
    account.refused("InvalidConfigurationRequest", () => account.change(BALANCER, nlb, { ...inner, securityGroups: [group.id] }));
    const enforced = { enforceSecurityGroupInboundRulesOnPrivateLinkTraffic: "off" };
    account.refusesToMake("InvalidConfigurationRequest", BALANCER, { ...inner, ...enforced, name: "open" });
    const guarded = account.make(BALANCER, { ...inner, ...enforced, name: "guarded", securityGroups: [group.id] });
    account.change(BALANCER, guarded, { ...inner, name: "guarded", securityGroups: [group.id], enableZonalShift: true });
    const attributes = { clientKeepAlive: 300, idleTimeout: 120, dropInvalidHeaderFields: true, xffHeaderProcessingMode: "preserve" };
    account.change(BALANCER, balancer, { name: "edge", subnets: [subnetA.id, subnetB.id], ...attributes });
    refusedByCheck(BALANCER, { name: "x", subnets: [], clientKeepAlive: 59 }, "clientKeepAlive");
    refusedByCheck(BALANCER, { name: "x", subnets: [], xffHeaderProcessingMode: "keep" }, "xffHeaderProcessingMode");
    const tiny = account.make("aws:ec2/subnet:Subnet", { vpcId: vpc.id, cidrBlock: "10.0.9.0/28", availabilityZone: "us-east-1c" });
    account.refusesToMake("InvalidSubnet", BALANCER, { name: "tiny", subnets: [subnetA.id, tiny.id] });
  });

  it("writes access logs only where the bucket's policy lets it", () => {
    const { account, subnetA, subnetB } = edge();
    account.make(BUCKET, { bucket: "logs" });
    const logged = (more: Properties = {}, accessLogs: Properties = {}): Properties => ({
      name: "logged",
      subnets: [subnetA.id, subnetB.id],
      accessLogs: { bucket: "logs", enabled: true, prefix: "edge", ...accessLogs },
      ...more,
    });
    const allow = (Principal: Properties, Resource = "arn:aws:s3:::logs/edge/AWSLogs/123456789012/*", more: Properties[] = []): void => {
      account.record.remove({ type: BUCKET_POLICY, region: "us-east-1", id: "logs" });
      const Statement = [{ Effect: "Allow", Action: "s3:PutObject", Principal, Resource }, ...more];
      account.make(BUCKET_POLICY, { bucket: "logs", policy: JSON.stringify({ Version: "2012-10-17", Statement }) });
    };
    const makes = (inputs: Properties): void => {
      account.delete(BALANCER, account.make(BALANCER, inputs));
    };
    const refuses = (inputs: Properties): void => {
      account.refusesToMake("InvalidConfigurationRequest", BALANCER, inputs);
    };
    const service = { Service: "logdelivery.elasticloadbalancing.amazonaws.com" };
    refuses(logged());
    makes(logged({}, { enabled: false }));
    refuses(logged({}, { bucket: "nowhere" }));
    allow(service);
    makes(logged());
    refuses(logged({}, { prefix: "other" }));
    refuses(logged({ loadBalancerType: "network" }));
    allow({ AWS: "arn:aws:iam::127311923021:root" });
    makes(logged());
    allow({ AWS: "arn:aws:iam::054676820928:root" });
    refuses(logged());
    allow(service, "arn:aws:s3:::logs/edge/AWSLogs/210987654321/*");
    refuses(logged());
    const deny = { Effect: "Deny", Action: "s3:*", Principal: "*", Resource: "arn:aws:s3:::logs/*" };
    allow(service, undefined, [deny]);
    refuses(logged());
    allow(service, undefined, [{ ...deny, Condition: { Bool: { "aws:SecureTransport": "false" } } }]);
    const made = account.make(BALANCER, logged());
    account.delete(BALANCER, made);
    account.make("aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration", {
      bucket: "logs",
      rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms" } }],
    });
    refuses(logged());
    refusedByCheck(BALANCER, logged({}, { prefix: "/edge" }), "accessLogs.prefix");
    allow({ Service: "delivery.logs.amazonaws.com" });
    makes(logged({ loadBalancerType: "network" }));
  });
});

describe("embedded cloud: listener rules", () => {
  const path = (...values: string[]): Properties => ({ pathPattern: { values } });

  function rules(): Edge & { listener: Made; target: Made; rule: (priority: number | undefined, ...conditions: Properties[]) => Properties } {
    const found = edge();
    const listener = found.account.make(LISTENER, found.listen({}));
    const target = found.web("api");
    const rule = (priority: number | undefined, ...conditions: Properties[]): Properties => ({
      listenerArn: listener.id,
      ...(priority === undefined ? {} : { priority }),
      conditions,
      actions: [forward(target)],
    });
    return { ...found, listener, target, rule };
  }

  it("routes by path, host, method, header, query and address, and goes with its listener", () => {
    const { account, rule, listener, balancer, target } = rules();
    const first = account.make(RULE, rule(10, path("/v1/tx/*", "/chunk"), { httpRequestMethod: { values: ["POST"] } }));
    assert.match(mustText(first.properties, "arn"), /:listener-rule\/app\/edge\/[0-9a-f]{16}\/[0-9a-f]{16}\/[0-9a-f]{16}$/);
    account.make(RULE, rule(20, { hostHeader: { values: ["*.example.org"] } }, { sourceIp: { values: ["10.0.0.0/8"] } }));
    const header = (httpHeaderName: string): Properties => ({ httpHeader: { httpHeaderName, values: ["x*"] } });
    const next = account.make(RULE, rule(undefined, header("A"), header("B"), { queryStrings: [{ key: "v", value: "2" }, { value: "raw" }] }));
    assert.equal(next.properties["priority"], 21);
    const changed = account.change(RULE, first, { ...rule(11, path("/v2/*")), actions: [redirect({ path: "/v3" })] });
    assert.equal(changed["priority"], 11);
    account.refused("ResourceInUse", () => {
      account.delete(TARGETS, target);
    });
    account.delete(LISTENER, listener);
    assert.equal(account.record.all(RULE).length, 0);
    const again = account.make(LISTENER, { loadBalancerArn: balancer.id, port: 80, defaultActions: [redirect({ host: "a.b" })] });
    account.make(RULE, { ...rule(1, path("/")), listenerArn: again.id });
    account.delete(BALANCER, balancer);
    assert.equal(account.record.all(RULE).length, 0);
  });

  it("refuses a priority in use or out of range, and a listener that is unknown or of a network load balancer", () => {
    const { account, rule, nlb, web } = rules();
    const first = account.make(RULE, rule(10, path("/a")));
    account.make(RULE, rule(20, path("/b")));
    account.refusesToMake("PriorityInUse", RULE, rule(10, path("/c")));
    account.refused("PriorityInUse", () => account.change(RULE, first, rule(20, path("/a"))));
    account.change(RULE, first, rule(10, path("/a/*")));
    refusedByCheck(RULE, rule(0, path("/")), "priority");
    refusedByCheck(RULE, rule(50_001, path("/")), "priority");
    account.refusesToMake("ListenerNotFound", RULE, { ...rule(30, path("/")), listenerArn: "arn:aws:elasticloadbalancing:none" });
    const stream = web("stream", { protocol: "TCP" });
    const tcp = account.make(LISTENER, { loadBalancerArn: nlb.id, port: 80, protocol: "TCP", defaultActions: [forward(stream)] });
    account.refusesToMake("ValidationError", RULE, { ...rule(1, path("/")), listenerArn: tcp.id });
    account.refusesToMake("IncompatibleProtocols", RULE, { ...rule(1, path("/")), actions: [forward(web("raw", { protocol: "TCP" }))] });
    account.refusesToMake("TargetGroupNotFound", RULE, { ...rule(1, path("/")), actions: [{ type: "forward", targetGroupArn: "arn:none" }] });
  });

  it("takes five values and six wildcards a rule, and each kind of condition once", () => {
    const { account, rule } = rules();
    account.make(RULE, rule(1, path("/a/*", "/b/*", "/c/*", "/d/*", "/e/*")));
    account.refusesToMake("ValidationError", RULE, rule(2, path("/a", "/b", "/c", "/d"), { httpRequestMethod: { values: ["GET", "HEAD"] } }));
    account.refusesToMake("ValidationError", RULE, rule(2, path("/*/*/*", "/?/?/?/?")));
    account.refusesToMake("ValidationError", RULE, rule(2, path("/a"), path("/b")));
    refusedByCheck(RULE, rule(2), "conditions");
    refusedByCheck(RULE, rule(2, {}), "conditions[0]");
    refusedByCheck(RULE, rule(2, { ...path("/a"), sourceIp: { values: ["10.0.0.0/8"] } }), "conditions[0]");
    refusedByCheck(RULE, rule(2, path(`/${"x".repeat(128)}`)), "conditions[0].pathPattern.values[0]");
    refusedByCheck(RULE, rule(2, path("/a b")), "conditions[0].pathPattern.values[0]");
    refusedByCheck(RULE, rule(2, { hostHeader: { values: ["localhost"] } }), "conditions[0].hostHeader.values[0]");
    refusedByCheck(RULE, rule(2, { httpRequestMethod: { values: ["get"] } }), "conditions[0].httpRequestMethod.values[0]");
    refusedByCheck(RULE, rule(2, { sourceIp: { values: ["10.0.0.1/8"] } }), "conditions[0].sourceIp.values[0]");
  });

  it("takes regular expressions instead of wildcards, for paths, hosts and headers", () => {
    const { account, rule } = rules();
    const regexes = (...regexValues: string[]): Properties => ({ pathPattern: { regexValues } });
    account.make(RULE, rule(1, regexes("^/[vV]1/(a|b).*$", "^/[^/]{1,8}$")));
    account.make(RULE, rule(2, { hostHeader: { regexValues: ["^api[0-9]+\\.example\\.org$"] } }, { httpHeader: { httpHeaderName: "A", regexValues: ["^x"] } }));
    // A star of an expression is no wildcard, and an expression is a value.
    account.make(RULE, rule(3, regexes(".*.*.*.*.*.*.*")));
    account.refusesToMake("ValidationError", RULE, rule(4, regexes("a", "b", "c", "d", "e", "f")));
    account.refusesToMake("ValidationError", RULE, rule(4, regexes("a", "b", "c", "d"), { httpRequestMethod: { values: ["GET", "HEAD"] } }));
    refusedByCheck(RULE, rule(4, { pathPattern: { values: ["/a"], regexValues: ["^/a$"] } }), "conditions[0]");
    refusedByCheck(RULE, rule(4, { pathPattern: {} }), "conditions[0]");
    refusedByCheck(RULE, rule(4, { sourceIp: { values: ["10.0.0.0/8"], regexValues: ["^10"] } }), "conditions[0].sourceIp.regexValues");
  });

  it("refuses an expression that is too long, is none, or has what load balancers do not", () => {
    const { rule } = rules();
    const refused = (expression: string): void => {
      refusedByCheck(RULE, rule(1, { pathPattern: { regexValues: [expression] } }), "conditions[0].pathPattern.regexValues[0]");
    };
    for (const expression of ["x".repeat(129), "^/(a", "(?=a)b", "(?!a)b", "(?<=a)b", "(a)\\1", "a++", "\\p{L}"]) refused(expression);
  });

  it("takes a hundred rules a load balancer, over all its listeners", () => {
    const { account, rule, balancer } = rules();
    const second = account.make(LISTENER, { loadBalancerArn: balancer.id, port: 80, defaultActions: [redirect({ host: "a.b" })] });
    for (let priority = 1; priority <= 50; priority += 1) {
      account.make(RULE, rule(priority, path(`/${String(priority)}`)));
      account.make(RULE, { ...rule(priority, path("/")), listenerArn: second.id });
    }
    account.refusesToMake("TooManyRules", RULE, rule(51, path("/51")));
  });
});
