import { createRequire } from "node:module";
import * as pulumi from "@pulumi/pulumi";
import type * as messages from "@pulumi/pulumi/proto/resource_pb";
import { MockMonitor } from "@pulumi/pulumi/runtime/mocks";

/** What the program asked the engine for. */
export interface Registered {
  urn: string;
  type: string;
  name: string;
  /** Whether a provider makes it; a component is made of its children. */
  custom: boolean;
  /** URN of its parent; empty at the top. */
  parent: string;
  /** `<URN>::<id>` of its provider; empty where the engine chooses one. */
  provider: string;
  /** As sent: secrets are still wrapped. */
  inputs: Record<string, unknown>;
  /** What a component published. */
  facts: Record<string, unknown> | undefined;
  protect: boolean;
  deleteBeforeReplace: boolean;
  dependencies: string[];
}

/** Whether ids and other outputs are known to the program. */
export type When = "deployed" | "preview";

/** Marks what a provider would have made secretly, so that a test can look for it. */
export const secretMark = "SECRET-VALUE-OF";

/** The engine's mark of a value that a preview does not know. */
export const unknownMark = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** The engine's mark of a secret: `{ [signatureKey]: secretSignature, value }`. */
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";
const signatureKey = "4dabf18193072939515e22adb298388d";

/** What the SDK believes of its engine; its typings leave it out. */
const { getStore } = createRequire(__filename)("@pulumi/pulumi/runtime/state") as { getStore: () => { supportsSecrets: boolean } };

/** Records every registration with its parent, which the SDK's own monitor forgets. */
class RecordingMonitor extends MockMonitor {
  public readonly registered = new Map<string, Registered>();
  /** Outputs that the SDK asks the engine to keep secret, by type and name. The SDK's own monitor does not. */
  private readonly secretOutputs: Map<string, string[]>;

  public constructor(when: When) {
    const secretOutputs = new Map<string, string[]>();
    super(made(when, secretOutputs));
    this.secretOutputs = secretOutputs;
  }

  public override async registerResource(request: messages.RegisterResourceRequest, callback: (fault: unknown, response: unknown) => void): Promise<void> {
    this.secretOutputs.set(`${request.getType()} ${request.getName()}`, request.getAdditionalsecretoutputsList());
    await super.registerResource(request, (fault: unknown, response: messages.RegisterResourceResponse | undefined) => {
      const urn = response?.getUrn();
      if (urn !== undefined) {
        this.registered.set(urn, {
          urn,
          type: request.getType(),
          name: request.getName(),
          custom: request.getCustom(),
          parent: request.getParent(),
          provider: request.getProvider(),
          inputs: request.getObject()?.toJavaScript() ?? {},
          facts: undefined,
          protect: request.getProtect() ?? false,
          deleteBeforeReplace: request.getDeletebeforereplace(),
          dependencies: request.getDependenciesList(),
        });
      }
      callback(fault, response);
    });
  }

  public override registerResourceOutputs(request: messages.RegisterResourceOutputsRequest, callback: (fault: unknown, response: unknown) => void): void {
    const found = this.registered.get(request.getUrn());
    if (found !== undefined) found.facts = request.getOutputs()?.toJavaScript() ?? {};
    super.registerResourceOutputs(request, callback);
  }
}

/** Ids and computed properties in the form that AWS gives them; a preview knows none. */
function made(when: When, secretOutputs: ReadonlyMap<string, readonly string[]>): pulumi.runtime.Mocks {
  return {
    call: ({ token }) => {
      throw new Error(`data source ${token}: a preview without credentials could not read it`);
    },
    newResource: ({ type, name, inputs, custom }) => {
      const given = inputs as Record<string, unknown>;
      if (custom !== true || when === "preview") return { id: undefined, state: given };
      const outputs = Object.entries(computed(type, name)).map(([key, value]) => {
        const secret = secretOutputs.get(`${type} ${name}`)?.includes(key) ?? false;
        return [key, secret ? { [signatureKey]: secretSignature, value } : value] as const;
      });
      return { id: idOf(type, name), state: { ...given, ...Object.fromEntries(outputs) } };
    },
  };
}

/** Id that the mocks give to a resource. */
export function idOf(type: string, name: string): string {
  return `${type.split(":")[2] ?? type}/${name}`;
}

/** ARN that the mocks give to a resource. */
export function arnOf(service: string, name: string): string {
  return `arn:aws:${service}:us-east-1:123456789012:${name}`;
}

/** Name by which the mocks say that a managed service is reached. */
export function hostOf(name: string): string {
  return `${name}.amazonaws.com`;
}

function computed(type: string, name: string): Record<string, unknown> {
  const service = /^aws:([a-z0-9]+)\//.exec(type)?.[1];
  switch (type) {
    case "random:index/randomPassword:RandomPassword":
      return { result: `${secretMark} ${name}` };
    case "tls:index/privateKey:PrivateKey":
      return { privateKeyPem: `${secretMark} ${name} pem`, privateKeyPemPkcs8: `${secretMark} ${name} pkcs8` };
    case "tls:index/certRequest:CertRequest":
      return { certRequestPem: `request of ${name}` };
    case "tls:index/selfSignedCert:SelfSignedCert":
    case "tls:index/locallySignedCert:LocallySignedCert":
      return { certPem: `certificate of ${name}` };
    case "aws:ec2/eip:Eip":
      return { arn: arnOf("ec2", name), allocationId: `eipalloc/${name}`, publicIp: "203.0.113.7" };
    case "aws:ec2/vpc:Vpc":
      return { arn: arnOf("ec2", name), ownerId: "123456789012" };
    case "aws:kms/key:Key":
      return { arn: arnOf("kms", name), keyId: name };
    case "aws:route53/zone:Zone":
      return { arn: arnOf("route53", name), zoneId: `zone of ${name}` };
    case "aws:rds/instance:Instance":
      return { arn: arnOf("rds", name), address: hostOf(name) };
    case "aws:rds/cluster:Cluster":
      return { arn: arnOf("rds", name), endpoint: hostOf(name), readerEndpoint: hostOf(`${name}-reader`) };
    case "aws:elasticache/replicationGroup:ReplicationGroup":
      return { arn: arnOf("elasticache", name), primaryEndpointAddress: hostOf(name) };
    case "aws:lb/loadBalancer:LoadBalancer":
      return { arn: arnOf("lb", name), dnsName: hostOf(name), zoneId: "zone of load balancers" };
    case "aws:ec2/launchTemplate:LaunchTemplate":
      return { arn: arnOf("ec2", name), latestVersion: 7 };
    case "random:index/randomUuid:RandomUuid":
      return { result: `uuid-of-${name}` };
    default:
      return service === undefined ? {} : { arn: arnOf(service, name) };
  }
}

/** Puts the mocks in the engine's place. What it gives back waits for the program's last call, and tells all that was registered. */
export function startMocks(when: When = "deployed", stack = "level1"): () => Promise<Registered[]> {
  const monitor = new RecordingMonitor(when);
  pulumi.runtime.setMockOptions(monitor, "ar-io-bundler-ha", stack, when === "preview");
  // Without this the SDK sends secrets in clear, and no test could see whether one is.
  getStore().supportsSecrets = true;
  return async () => {
    await pulumi.runtime.disconnect();
    return [...monitor.registered.values()];
  };
}

/** The value of an output; never settles when a preview does not know it. */
export async function valueOf(output: pulumi.Output<unknown>): Promise<unknown> {
  return new Promise((resolve) => {
    output.apply((value) => {
      resolve(value);
    });
  });
}

function isSecret(value: unknown): value is { value: unknown } {
  return typeof value === "object" && value !== null && (value as Record<string, unknown>)[signatureKey] === secretSignature;
}

/** A value as the provider gets it: secrets unwrapped. */
export function plain(value: unknown): unknown {
  if (isSecret(value)) return plain(value.value);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
}

/** Every text in a value that state would hold in clear. */
export function clearTexts(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (isSecret(value) || typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(clearTexts);
}
