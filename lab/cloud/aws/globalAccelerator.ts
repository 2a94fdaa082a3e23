import { randomUUID } from "node:crypto";
import { between, flag, list, matching, number, object, oneOf, set, text, type Reference } from "../model";
import { integerAt, mustText, objectsAt, textAt, type Properties } from "../properties";
import { hex, type Cloud } from "./cloud";
import { Refusal } from "./fault";
import { awsModel } from "./model";
import { regions } from "./regions";
import * as types from "./types";

const API = "Global Accelerator";
/** Zone of the names of all accelerators (AWS General Reference). */
const HOSTED_ZONE = "Z2BJ6XQ5FK7U4H";
/** Most port ranges of a listener and endpoints of a group (Global Accelerator quotas). */
const MOST = { portRanges: 10, endpoints: 10 };

const port = () => number({ rule: between(1, 65_535) });

const held = (type: string, noun: string, code: string, inUse: string): Reference => ({
  to: [{ type, by: "arn" }],
  code,
  message: (arn) => `The ${noun} ${arn} does not exist`,
  whenTargetGoes: { code: inUse, message: (id) => `${noun} ${id} is in use` },
});

/** Two anycast addresses that lead to the nearest healthy region. */
export const accelerator = awsModel(
  {
    type: types.ACCELERATOR,
    noun: "Global Accelerator Accelerator",
    api: API,
    calls: { create: "CreateAccelerator", update: "UpdateAccelerator", delete: "DeleteAccelerator" },
    scope: "global",
    naming: { property: "name", longest: 64 },
    inputs: {
      name: text({
        rule: matching(/^[A-Za-z0-9]([A-Za-z0-9.-]{0,62}[A-Za-z0-9])?$/, "expected 1 to 64 letters, digits, dots and hyphens, at its ends no dot or hyphen"),
      }),
      enabled: flag({ default: true }),
      ipAddressType: text({ default: "IPV4", rule: oneOf("IPV4", "DUAL_STACK") }),
    },
    outputs: ["arn", "dnsName", "dualStackDnsName", "hostedZoneId", "ipSets"],
    create: ({ inputs, cloud }) => {
      const arn = cloud.arn("globalaccelerator", `accelerator/${randomUUID()}`);
      const label = `a${hex(16)}`;
      const octet = (): string => String(Number.parseInt(hex(2), 16));
      const outputs = { arn, dnsName: `${label}.awsglobalaccelerator.com`, hostedZoneId: HOSTED_ZONE };
      const ipSets = [{ ipAddresses: [`75.2.${octet()}.${octet()}`, `99.83.${octet()}.${octet()}`], ipFamily: "IPv4" }];
      return { id: arn, outputs: { ...outputs, ipSets, ...dualStack(inputs, label) } };
    },
    update: ({ inputs, resource }) => ({ outputs: dualStack(inputs, mustText(resource.properties, "dnsName").split(".")[0] ?? "") }),
    volatile: (olds, news) => (olds["ipAddressType"] === news["ipAddressType"] ? [] : ["dualStackDnsName"]),
  },
  "tagged",
);

function dualStack(inputs: Properties, label: string): Properties {
  return { dualStackDnsName: inputs["ipAddressType"] === "DUAL_STACK" ? `${label}.dualstack.awsglobalaccelerator.com` : "" };
}

/** Ports of an accelerator. */
export const listener = awsModel(
  {
    type: types.ACCELERATOR_LISTENER,
    noun: "Global Accelerator Listener",
    api: API,
    calls: { create: "CreateListener", update: "UpdateListener", delete: "DeleteListener" },
    scope: "global",
    inputs: {
      acceleratorArn: text({
        required: true,
        replaces: true,
        refers: held(types.ACCELERATOR, "accelerator", "AcceleratorNotFoundException", "AssociatedListenerFoundException"),
      }),
      protocol: text({ required: true, rule: oneOf("TCP", "UDP") }),
      clientAffinity: text({ default: "NONE", rule: oneOf("NONE", "SOURCE_IP") }),
      portRanges: set(object({ fromPort: port(), toPort: port() }), {
        required: true,
        rule: (ranges) => (ranges.length >= 1 && ranges.length <= MOST.portRanges ? undefined : `expected 1 to ${String(MOST.portRanges)} port ranges`),
      }),
    },
    outputs: ["arn"],
    create: ({ inputs, cloud }) => {
      judgePorts(inputs, cloud, undefined);
      const arn = `${mustText(inputs, "acceleratorArn")}/listener/${hex(8)}`;
      return { id: arn, outputs: { arn } };
    },
    update: ({ inputs, cloud, resource }) => {
      judgePorts(inputs, cloud, resource.id);
      return { outputs: {} };
    },
  },
  "untagged",
);

const rangesOf = (bag: Properties): [number, number][] =>
  objectsAt(bag, "portRanges").map((range) => [integerAt(range, "fromPort") ?? 0, integerAt(range, "toPort") ?? 0]);

function judgePorts(inputs: Properties, cloud: Cloud, ownId: string | undefined): void {
  const own = rangesOf(inputs);
  const others = cloud
    .all(types.ACCELERATOR_LISTENER)
    .filter((one) => one.id !== ownId && one.properties["acceleratorArn"] === inputs["acceleratorArn"] && one.properties["protocol"] === inputs["protocol"]);
  const bad = own.find(
    ([from, to], index) =>
      from < 1 ||
      to < from ||
      [...own.slice(0, index), ...others.flatMap((one) => rangesOf(one.properties))].some((other) => from <= other[1] && other[0] <= to),
  );
  if (bad !== undefined)
    throw new Refusal("InvalidPortRangeException", `The port range ${bad.join("-")} is not valid, or overlaps another of the protocol on this accelerator`);
}

/** Where a listener sends the traffic of one region. */
export const endpointGroup = awsModel(
  {
    type: types.ENDPOINT_GROUP,
    noun: "Global Accelerator Endpoint Group",
    api: API,
    calls: { create: "CreateEndpointGroup", update: "UpdateEndpointGroup", delete: "DeleteEndpointGroup" },
    scope: "global",
    inputs: {
      listenerArn: text({
        required: true,
        replaces: true,
        refers: held(types.ACCELERATOR_LISTENER, "listener", "ListenerNotFoundException", "AssociatedEndpointGroupFoundException"),
      }),
      endpointGroupRegion: text({ computed: true, replaces: true, rule: oneOf(...regions()) }),
      endpointConfigurations: set(
        object({ endpointId: text(), weight: number({ rule: between(0, 255) }), clientIpPreservationEnabled: flag({ computed: true }) }),
        { rule: (endpoints) => (endpoints.length <= MOST.endpoints ? undefined : `at most ${String(MOST.endpoints)} endpoints`) },
      ),
      healthCheckIntervalSeconds: number({
        default: 30,
        rule: (seconds) => ([10, 30].includes(seconds) ? undefined : `expected 10 or 30 s, got ${String(seconds)}`),
      }),
      healthCheckPath: text({ computed: true, rule: matching(/^\/[-a-zA-Z0-9@:%_\\+.~#?&/=]*$/, "must begin with /") }),
      healthCheckPort: number({ computed: true, rule: between(1, 65_535) }),
      healthCheckProtocol: text({ default: "TCP", rule: oneOf("TCP", "HTTP", "HTTPS") }),
      thresholdCount: number({ default: 3, rule: between(1, 10) }),
      trafficDialPercentage: number({
        default: 100,
        rule: (percent) => (percent >= 0 && percent <= 100 ? undefined : `expected 0 to 100, got ${String(percent)}`),
      }),
      portOverrides: list(
        object({ endpointPort: number({ required: true, rule: between(1, 65_535) }), listenerPort: number({ required: true, rule: between(1, 65_535) }) }),
      ),
    },
    outputs: ["arn"],
    create: ({ inputs, cloud }) => {
      const listenerArn = mustText(inputs, "listenerArn");
      const region = textAt(inputs, "endpointGroupRegion") ?? cloud.home;
      const taken = cloud
        .all(types.ENDPOINT_GROUP)
        .some(({ properties }) => properties["listenerArn"] === listenerArn && properties["endpointGroupRegion"] === region);
      if (taken) throw new Refusal("EndpointGroupAlreadyExistsException", `The listener has an endpoint group in ${region} already`);
      requireEndpoints(inputs, cloud.in(region));
      const arn = `${listenerArn}/endpoint-group/${hex(12)}`;
      const listened = cloud.must(types.ACCELERATOR_LISTENER, listenerArn).properties;
      const healthCheckPort = integerAt(inputs, "healthCheckPort") ?? rangesOf(listened)[0]?.[0] ?? 80;
      return { id: arn, outputs: { arn, endpointGroupRegion: region, healthCheckPort, healthCheckPath: textAt(inputs, "healthCheckPath") ?? "" } };
    },
    update: ({ inputs, cloud, resource }) => {
      requireEndpoints(inputs, cloud.in(mustText(resource.properties, "endpointGroupRegion")));
      return { outputs: {} };
    },
  },
  "untagged",
);

function requireEndpoints(inputs: Properties, there: Cloud): void {
  for (const endpoint of objectsAt(inputs, "endpointConfigurations")) {
    const id = textAt(endpoint, "endpointId");
    if (![types.LOAD_BALANCER, types.EIP, types.INSTANCE].some((type) => there.get(type, id) !== undefined))
      throw new Refusal(
        "InvalidArgumentException",
        `The endpoint ${id ?? "(none)"} does not exist in ${there.region}: expected a load balancer, Elastic IP or instance there`,
      );
  }
}
