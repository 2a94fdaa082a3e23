import { createRequire } from "node:module";
import * as grpc from "@grpc/grpc-js";
import type { Struct as StructMessage } from "google-protobuf/google/protobuf/struct_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { ResourceProviderService, type IResourceProviderServer } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { topLevel, type Change, type Difference } from "./difference";
import { notModelled, type CloudPackage, type Purpose } from "./package";
import type { Properties } from "./properties";

// Messages must be made by the very protobuf runtime that the SDK's generated classes use, which may not be the top-level one.
const sdkRequire = createRequire(require.resolve("@pulumi/pulumi/proto/provider_pb"));
const { Struct } = sdkRequire("google-protobuf/google/protobuf/struct_pb") as typeof import("google-protobuf/google/protobuf/struct_pb");
const { Empty } = sdkRequire("google-protobuf/google/protobuf/empty_pb") as typeof import("google-protobuf/google/protobuf/empty_pb");

/** User data and certificates make large messages; the engine itself allows 400 MiB. */
const MESSAGE_LIMIT_BYTES = 400 * 1024 * 1024;

type Unary<Request, Response> = grpc.handleUnaryCall<Request, Response>;

/** A provider that serves. */
export interface Served {
  port: number;
  close: () => void;
}

/**
 * Serves a package as a Pulumi resource provider on a free loopback port. An engine connects once for every provider of its
 * program (one a region, say), and each connection has a package of its own, as it would have a process.
 */
export async function serve(make: () => CloudPackage, version: string): Promise<Served> {
  const server = new grpc.Server({ "grpc.max_receive_message_length": MESSAGE_LIMIT_BYTES, "grpc.max_send_message_length": MESSAGE_LIMIT_BYTES });
  const connected = new Map<string, Partial<IResourceProviderServer>>();
  const of = (peer: string): Partial<IResourceProviderServer> => {
    const known = connected.get(peer) ?? handlers(make(), version);
    connected.set(peer, known);
    return known;
  };
  server.addService(ResourceProviderService, perConnection(of));
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (fault, bound) => {
      if (fault === null) resolve(bound);
      else reject(fault);
    });
  });
  const close = (): void => {
    server.forceShutdown();
  };
  return { port, close };
}

function perConnection(of: (peer: string) => Partial<IResourceProviderServer>): IResourceProviderServer {
  const names = Object.keys(of("")) as (keyof IResourceProviderServer)[];
  const entries = names.map((name) => [
    name,
    (call: grpc.ServerUnaryCall<never, never>, callback: grpc.sendUnaryData<never>) => {
      (of(call.getPeer())[name] as Unary<never, never>)(call, callback);
    },
  ]);
  return Object.fromEntries(entries) as IResourceProviderServer;
}

// What is not here (parameterize, construct, call, getMapping, list) gRPC itself answers with UNIMPLEMENTED.
function handlers(cloud: CloudPackage, version: string): Partial<IResourceProviderServer> {
  return {
    // all flags false: the engine sends plain values and keeps track of secrets itself
    handshake: answer(() => new messages.ProviderHandshakeResponse()),
    attach: answer(() => new Empty()),
    cancel: answer(() => new Empty()),
    getSchema: answer(() => new messages.GetSchemaResponse().setSchema("{}")),
    getPluginInfo: answer(() => new PluginInfo().setVersion(version)),
    checkConfig: answer((request: messages.CheckRequest) => checkResponse(cloud.checkConfig(bag(request.getNews())))),
    diffConfig: answer((request: messages.DiffRequest) =>
      diffResponse(cloud.diffConfig(bag(request.getOldInputs() ?? request.getOlds()), bag(request.getNews()))),
    ),
    configure: answer((request: messages.ConfigureRequest) => {
      cloud.configure(bag(request.getArgs()));
      return new messages.ConfigureResponse().setSupportspreview(true);
    }),
    check: answer((request: messages.CheckRequest) =>
      checkResponse(
        cloud.check(typeOf(request.getUrn()), {
          name: nameOf(request.getUrn()),
          olds: bag(request.getOlds()),
          news: bag(request.getNews()),
          seed: request.getRandomseed_asU8(),
        }),
      ),
    ),
    diff: answer((request: messages.DiffRequest) =>
      diffResponse(cloud.diff(typeOf(request.getUrn()), bag(request.getOlds()), bag(request.getOldInputs() ?? request.getOlds()), bag(request.getNews()))),
    ),
    create: answer(async (request: messages.CreateRequest) => {
      const made = await cloud.create(typeOf(request.getUrn()), bag(request.getProperties()), purpose(request.getPreview()));
      return new messages.CreateResponse().setId(made.id).setProperties(struct(made.properties));
    }),
    read: answer(async (request: messages.ReadRequest) => {
      const found = await cloud.read(typeOf(request.getUrn()), request.getId(), bag(request.getProperties()), bag(request.getInputs()));
      const response = new messages.ReadResponse();
      return found === undefined ? response : response.setId(found.id).setProperties(struct(found.properties)).setInputs(struct(found.inputs));
    }),
    update: answer(async (request: messages.UpdateRequest) => {
      const olds = bag(request.getOlds());
      const oldInputs = request.getOldInputs();
      const properties = await cloud.update(
        typeOf(request.getUrn()),
        request.getId(),
        olds,
        oldInputs === undefined ? olds : bag(oldInputs),
        bag(request.getNews()),
        purpose(request.getPreview()),
      );
      return new messages.UpdateResponse().setProperties(struct(properties));
    }),
    delete: answer(async (request: messages.DeleteRequest) => {
      await cloud.delete(typeOf(request.getUrn()), request.getId(), bag(request.getProperties()));
      return new Empty();
    }),
    invoke: answer((request: messages.InvokeRequest): messages.InvokeResponse => {
      throw notModelled(`the function ${request.getTok()}`);
    }),
  };
}

function answer<Request, Response>(handle: (request: Request) => Response | Promise<Response>): Unary<Request, Response> {
  return (call, callback) => {
    Promise.resolve(call.request)
      .then(handle)
      .then(
        (response) => {
          callback(null, response);
        },
        (fault: unknown) => {
          callback({ code: grpc.status.UNKNOWN, details: fault instanceof Error ? fault.message : String(fault) });
        },
      );
  };
}

function checkResponse(checked: ReturnType<CloudPackage["check"]>): messages.CheckResponse {
  const failures = checked.failures.map(({ property, reason }) => new messages.CheckFailure().setProperty(property).setReason(reason));
  return new messages.CheckResponse().setInputs(struct(checked.inputs)).setFailuresList(failures);
}

function diffResponse(difference: Difference): messages.DiffResponse {
  const { changes } = difference;
  const { DIFF_NONE, DIFF_SOME } = messages.DiffResponse.DiffChanges;
  const replacing = changes.filter((change) => change.effect === "replace");
  const response = new messages.DiffResponse()
    .setChanges(changes.length === 0 ? DIFF_NONE : DIFF_SOME)
    .setDiffsList(topLevel(changes))
    .setReplacesList(topLevel(replacing))
    .setDeletebeforereplace(replacing.length > 0 && difference.deleteFirst === "yes")
    .setHasdetaileddiff(true);
  for (const change of changes) {
    response.getDetaileddiffMap().set(change.path, new messages.PropertyDiff().setKind(kindOf(change)).setInputdiff(change.of === "input"));
  }
  return response;
}

function kindOf(change: Change): messages.PropertyDiff.Kind {
  const kinds = messages.PropertyDiff.Kind;
  const replaces = change.effect === "replace";
  if (change.kind === "add") return replaces ? kinds.ADD_REPLACE : kinds.ADD;
  if (change.kind === "delete") return replaces ? kinds.DELETE_REPLACE : kinds.DELETE;
  return replaces ? kinds.UPDATE_REPLACE : kinds.UPDATE;
}

const purpose = (preview: boolean): Purpose => (preview ? "preview" : "deploy");
const bag = (message: StructMessage | undefined): Properties => (message === undefined ? {} : message.toJavaScript());
const struct = (properties: Properties): StructMessage => Struct.fromJavaScript(properties);
const typeOf = (urn: string): string => urn.split("::")[2]?.split("$").pop() ?? "";
const nameOf = (urn: string): string => urn.split("::").slice(3).join("::");
