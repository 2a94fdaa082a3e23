import { randomBytes } from "node:crypto";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import type { LabHost, LabPlatform } from "../platform";

/** Keys of a role, as its hosts get them. */
export interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken: string;
}

/** Who an instance is, beyond what the stack says. */
export interface Identities {
  /** Host name → instance id. */
  instances: Readonly<Record<string, string>>;
  /** Role name → its keys. */
  credentials: Readonly<Record<string, Credentials>>;
}

const credentialsLiveMilliseconds = 6 * 3_600_000;

interface Tree {
  [name: string]: string | Tree;
}

/** The instance metadata service, version 2 only: each host is known by its address, and is told about itself and nobody else. */
export function metadataService(current: () => LabPlatform, identities: Identities): RequestListener {
  const tokens = new Set<string>();
  return (request, response) => {
    const platform = current();
    const caller = (request.socket.remoteAddress ?? "").replace(/^::ffff:/, "");
    const host = platform.hosts.find(({ address }) => address === caller);
    if (host === undefined) {
      answer(response, 404, "not an instance\n");
    } else if (request.method === "PUT" && request.url === "/latest/api/token") {
      const token = randomBytes(32).toString("base64url");
      tokens.add(token);
      response.setHeader("x-aws-ec2-metadata-token-ttl-seconds", request.headers["x-aws-ec2-metadata-token-ttl-seconds"] ?? "21600");
      answer(response, 200, token);
    } else if (!tokens.has(tokenOf(request)) && !isCloudInit(request)) {
      answer(response, 401, "a session token is needed\n");
    } else {
      show(response, platform, identities, host, request.url ?? "/");
    }
  };
}

// It asks for a token only where the machine's firmware says that it is Amazon's, which a container has none of.
function isCloudInit(request: IncomingMessage): boolean {
  return request.headers["user-agent"]?.startsWith("Cloud-Init/") === true;
}

function tokenOf(request: IncomingMessage): string {
  const token = request.headers["x-aws-ec2-metadata-token"];
  return typeof token === "string" ? token : "";
}

function show(response: ServerResponse, platform: LabPlatform, identities: Identities, host: LabHost, url: string): void {
  // The first part is a version, all of which answer alike here.
  const [, part, ...rest] = url.split("/").filter((word) => word !== "");
  if (part === "user-data") {
    response.writeHead(200, { "content-type": "application/octet-stream" }).end(Buffer.from(host.userData, "base64"));
    return;
  }
  const found = part === undefined ? undefined : rest.reduce<string | Tree | undefined>(step, treeOf(platform, identities, host)[part]);
  if (found === undefined) answer(response, 404, "not found\n");
  else answer(response, 200, typeof found === "string" ? found : listing(found));
}

function step(tree: string | Tree | undefined, name: string): string | Tree | undefined {
  return typeof tree === "object" ? tree[name] : undefined;
}

function listing(tree: Tree): string {
  return Object.entries(tree)
    .map(([name, value]) => (typeof value === "string" ? name : `${name}/`))
    .join("\n");
}

function answer(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { "content-type": "text/plain" }).end(text);
}

function treeOf(platform: LabPlatform, identities: Identities, host: LabHost): Tree {
  const instanceId = identities.instances[host.name] ?? host.instanceId;
  const credentials = identities.credentials[host.iamRole];
  const localName = `ip-${host.address.replaceAll(".", "-")}.ec2.internal`;
  return {
    "meta-data": {
      "ami-id": "ami-lab",
      ...(host.autoScaling === undefined ? {} : { autoscaling: { "target-lifecycle-state": host.autoScaling.target } }),
      hostname: localName,
      iam: credentials === undefined ? {} : { "security-credentials": { [host.iamRole]: credentialsText(credentials) } },
      "instance-id": instanceId,
      "instance-type": "lab.container",
      "local-hostname": localName,
      "local-ipv4": host.address,
      placement: { "availability-zone": host.zone, region: platform.region },
      services: { domain: "amazonaws.com", partition: "aws" },
    },
    dynamic: {
      "instance-identity": {
        document: JSON.stringify({ availabilityZone: host.zone, instanceId, privateIp: host.address, region: platform.region }),
      },
    },
  };
}

function credentialsText({ accessKeyId, secretAccessKey, sessionToken }: Credentials): string {
  const now = Date.now();
  return JSON.stringify({
    Code: "Success",
    LastUpdated: new Date(now).toISOString(),
    Type: "AWS-HMAC",
    AccessKeyId: accessKeyId,
    SecretAccessKey: secretAccessKey,
    Token: sessionToken,
    Expiration: new Date(now + credentialsLiveMilliseconds).toISOString(),
  });
}
