import { between, matching, number, oneOf, text } from "../model";
import { integerAt, mustText, objectsAt, textAt, type Properties } from "../properties";
import { ACCOUNT, hex, type Cloud } from "./cloud";
import { Refusal } from "./fault";
import { actionFaults, actions, checkActions } from "./listenerActions";
import { PROTOCOLS } from "./loadBalancers";
import { awsModel } from "./model";
import * as types from "./types";

/** Security policies of both load balancers (their user guides: security policies), and the API's default. */
const SSL_POLICY = new RegExp(
  `^ELBSecurityPolicy-(${[
    "2016-08",
    "TLS-1-0-2015-04|TLS-1-[12]-2017-01|TLS-1-2-Ext-2018-06",
    "FS-2018-06|FS-1-1-2019-08|FS-1-2(-Res)?-2019-08|FS-1-2-Res-2020-10",
    "TLS13-1-[013]-2021-06|TLS13-1-2(-Res|-Ext1|-Ext2)?-2021-06",
    "TLS13-1-[013]-FIPS-2023-04|TLS13-1-2(-Res|-Ext0|-Ext1|-Ext2)?-FIPS-2023-04",
    "TLS13-1-[03](-FIPS)?-PQ-2025-09|TLS13-1-2(-Res|-Ext0|-Ext1|-Ext2)?(-FIPS)?-PQ-2025-09",
  ].join("|")})$`,
);
const DEFAULT_SSL_POLICY = "ELBSecurityPolicy-2016-08";

/** A port of a load balancer. */
export const listener = awsModel(
  {
    type: types.LISTENER,
    noun: "ELBv2 Listener",
    api: "Elastic Load Balancing v2",
    calls: { create: "CreateListener", update: "ModifyListener", delete: "DeleteListener" },
    scope: "region",
    inputs: {
      loadBalancerArn: text({
        required: true,
        replaces: true,
        refers: {
          to: [{ type: types.LOAD_BALANCER, by: "arn" }],
          code: "LoadBalancerNotFound",
          message: (arn) => `Load balancer '${arn}' not found`,
          whenTargetGoes: "goesToo",
        },
      }),
      port: number({ rule: between(1, 65_535) }),
      protocol: text({ computed: true, rule: oneOf(...PROTOCOLS.application, ...PROTOCOLS.network) }),
      certificateArn: text({ rule: matching(/^arn:aws/, "expected an ARN") }),
      sslPolicy: text({ computed: true }),
      alpnPolicy: text(),
      tcpIdleTimeoutSeconds: number({ computed: true, rule: between(60, 6000) }),
      defaultActions: actions(),
    },
    outputs: ["arn"],
    rule: (inputs) => actionFaults(inputs, "defaultActions"),
    create: ({ inputs, cloud }) => {
      const arn = `${mustText(inputs, "loadBalancerArn").replace(":loadbalancer/", ":listener/")}/${hex(16)}`;
      return { id: arn, outputs: { arn, ...checkListener(inputs, cloud) } };
    },
    update: ({ inputs, cloud, resource }) => ({
      outputs: checkListener({ protocol: mustText(resource.properties, "protocol"), ...inputs }, cloud, resource.id),
    }),
  },
  "tagged",
);

/** Refuses a listener, or answers what AWS fills in. */
function checkListener(inputs: Properties, cloud: Cloud, ownId?: string): Properties {
  const balancer = cloud.must(types.LOAD_BALANCER, mustText(inputs, "loadBalancerArn"));
  const kind = balancer.properties["loadBalancerType"] === "network" ? "network" : "application";
  // the real provider sends HTTP for an application load balancer, and nothing for a network load balancer
  const protocol = textAt(inputs, "protocol") ?? (kind === "application" ? "HTTP" : "");
  if (!PROTOCOLS[kind].includes(protocol)) throw new Refusal("ValidationError", `Protocol '${protocol}' must be one of '${PROTOCOLS[kind].join(", ")}'`);
  checkEncryption(inputs, protocol, cloud);
  const taken = cloud
    .all(types.LISTENER)
    .some((one) => one.id !== ownId && one.properties["loadBalancerArn"] === balancer.id && one.properties["port"] === inputs["port"]);
  if (taken || inputs["port"] === undefined)
    throw new Refusal(
      taken ? "DuplicateListener" : "ValidationError",
      taken ? `A listener already exists on this port for load balancer '${balancer.id}'` : "A listener needs a port",
    );
  checkActions(objectsAt(inputs, "defaultActions"), { cloud, balancer, protocol, port: integerAt(inputs, "port") });
  return { protocol, sslPolicy: isSecure(protocol) ? (textAt(inputs, "sslPolicy") ?? DEFAULT_SSL_POLICY) : "" };
}

const isSecure = (protocol: string): boolean => ["HTTPS", "TLS"].includes(protocol);

function checkEncryption(inputs: Properties, protocol: string, cloud: Cloud): void {
  const certificate = textAt(inputs, "certificateArn");
  const policy = textAt(inputs, "sslPolicy");
  if (!isSecure(protocol)) {
    const given = certificate === undefined ? (policy === undefined ? undefined : "An SSL policy") : "A certificate";
    if (given !== undefined) throw new Refusal("ValidationError", `${given} cannot be specified for ${protocol} listeners`);
    return;
  }
  if (certificate === undefined) throw new Refusal("CertificateNotFound", `A certificate must be specified for ${protocol} listeners`);
  const own = [`arn:aws:acm:${cloud.region}:${ACCOUNT}:certificate/`, `arn:aws:iam::${ACCOUNT}:server-certificate/`];
  if (!own.some((prefix) => certificate.startsWith(prefix) && certificate.length > prefix.length))
    throw new Refusal("CertificateNotFound", `Certificate '${certificate}' not found: it must be one of this account in ${cloud.region}`);
  if (policy !== undefined && !SSL_POLICY.test(policy)) throw new Refusal("SSLPolicyNotFound", `SSL policy '${policy}' not found`);
}
