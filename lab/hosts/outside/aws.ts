import { request as forward, type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import { text as wholeText } from "node:stream/consumers";
import type { LabPlatform, PolicyStatement } from "../platform";
import { needsOf, objectOf, type Call } from "./calls";
import { sendFile, type StoredFile } from "./files";
import type { Aliases } from "./filling";
import type { Identities } from "./metadata";
import { refused } from "./permissions";
import { endWhenStill } from "./stillBody";

/** What stands behind AWS's names. */
export interface Service {
  /** The platform as its stack has it now. */
  current: () => LabPlatform;
  identities: Identities;
  motoPort: number;
  /** What the operator put into buckets. */
  files: readonly StoredFile[];
  aliases: Aliases;
  /** A machine of a group has said that it may go. */
  completed: (instanceId: string) => void;
  /** An Elastic IP has been given to a host. */
  associated: (allocationId: string, instanceId: string) => Promise<void>;
}

/**
 * AWS as hosts see it: a request is the role's whose keys signed it, is refused when the role's policy in the stack does
 * not allow it, and is answered by moto. The signature itself is not checked.
 */
export function awsService(service: Service): RequestListener {
  const roleOf = new Map(Object.entries(service.identities.credentials).map(([role, { accessKeyId }]) => [accessKeyId, role]));
  return (request, response) => {
    serveCall(service, request, response, (key) => service.current().roles.find(({ name }) => name === roleOf.get(key))?.statements).catch((fault: unknown) => {
      process.stderr.write(
        `aws: ${request.method ?? ""} ${request.headers.host ?? ""}${request.url ?? ""}: ${fault instanceof Error ? fault.message : String(fault)}\n`,
      );
      if (response.headersSent) response.destroy();
      else response.writeHead(500).end();
    });
  };
}

async function serveCall(
  service: Service,
  request: IncomingMessage,
  response: ServerResponse,
  statementsFor: (accessKey: string) => readonly PolicyStatement[] | undefined,
): Promise<void> {
  const [, accessKey = "", scope = ""] = /Credential=([^/]+)\/[^/]+\/[^/]+\/([^/]+)\//.exec(request.headers.authorization ?? "") ?? [];
  const streamed = scope === "s3";
  const call: Call = {
    service: scope,
    method: request.method ?? "GET",
    host: request.headers.host ?? "",
    url: request.url ?? "/",
    target: textOf(request.headers["x-amz-target"]),
    copySource: textOf(request.headers["x-amz-copy-source"]),
    body: streamed ? "" : await wholeText(request),
  };
  const statements = statementsFor(accessKey);
  const needs = needsOf(call, service.current());
  const missing = statements === undefined || needs === undefined ? { action: `${scope}:?`, resource: call.url } : refused(statements, needs);
  if (missing !== undefined) {
    process.stderr.write(`aws: refused ${accessKey} ${missing.action} on ${missing.resource}\n`);
    request.resume();
    refuse(response, call, `not authorized to perform: ${missing.action} on resource: ${missing.resource}`);
    return;
  }
  if (scope === "autoscaling") {
    // moto has no lifecycle hooks.
    service.completed(new URLSearchParams(call.body).get("InstanceId") ?? "");
    response.writeHead(200, { "content-type": "text/xml" }).end(completedAnswer);
    return;
  }
  const stored = scope === "s3" && ["GET", "HEAD"].includes(call.method) ? storedFile(service, call) : undefined;
  if (stored !== undefined) sendFile(request, response, stored);
  else await pass(service, request, response, call, streamed);
}

const completedAnswer =
  '<CompleteLifecycleActionResponse xmlns="http://autoscaling.amazonaws.com/doc/2011-01-01/"><CompleteLifecycleActionResult/></CompleteLifecycleActionResponse>';

function storedFile({ files }: Service, call: Call): StoredFile | undefined {
  const { bucket, key } = objectOf(call.host, call.url);
  return files.find((one) => one.bucket === bucket && one.key === key);
}

async function pass(service: Service, request: IncomingMessage, response: ServerResponse, call: Call, streamed: boolean): Promise<void> {
  const body = translated(call.body, service.aliases);
  const headers = { ...request.headers, ...(streamed ? {} : { "content-length": String(Buffer.byteLength(body)) }) };
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const passed = forward({ host: "127.0.0.1", port: service.motoPort, method: call.method, path: call.url, headers }, resolve).on("error", reject);
    if (streamed) {
      endWhenStill(request, response);
      response.on("close", () => passed.destroy());
      request.pipe(passed);
    } else passed.end(body);
  });
  if (call.service !== "ec2") {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
    return;
  }
  const text = translated(
    await wholeText(answer),
    service.aliases.map(([ofStack, ofMoto]) => [ofMoto, ofStack]),
  );
  const form = new URLSearchParams(call.body);
  // The address has moved when the call answers.
  if (answer.statusCode === 200 && form.get("Action") === "AssociateAddress")
    await service.associated(form.get("AllocationId") ?? "", form.get("InstanceId") ?? "");
  response.writeHead(answer.statusCode ?? 502, { "content-type": answer.headers["content-type"] ?? "text/xml" }).end(text);
}

function translated(text: string, pairs: Aliases): string {
  return pairs.reduce((done, [from, to]) => done.replaceAll(from, to), text);
}

function textOf(header: string | string[] | undefined): string {
  return typeof header === "string" ? header : "";
}

// Each protocol has its own form of the same refusal.
function refuse(response: ServerResponse, call: Call, message: string): void {
  if (call.service === "secretsmanager") {
    response.writeHead(400, { "content-type": "application/x-amz-json-1.1" }).end(JSON.stringify({ __type: "AccessDeniedException", Message: message }));
  } else if (call.service === "s3") {
    response.writeHead(403, { "content-type": "application/xml" }).end(`<Error><Code>AccessDenied</Code><Message>${message}</Message></Error>`);
  } else {
    const error = `<Error><Code>UnauthorizedOperation</Code><Message>${message}</Message></Error>`;
    response.writeHead(403, { "content-type": "text/xml" }).end(`<Response><Errors>${error}</Errors><RequestID>lab</RequestID></Response>`);
  }
}
