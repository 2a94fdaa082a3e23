import * as grpc from "@grpc/grpc-js";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { LanguageRuntimeService } from "@pulumi/pulumi/proto/language_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/language_pb";
import { PackageDependency, PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { packageVersion } from "../executables";
import { dependenciesOf } from "./packages";
import { programOf } from "./program";
import { cancelAll, installPackages, runPlugin, runProgram } from "./runs";

/** The engine's own limit. */
const MESSAGE_LIMIT_BYTES = 400 * 1024 * 1024;

/** Serves the engine's LanguageRuntime for Node.js on a free loopback port, and answers with the port. */
export async function serve(engineAddress: string | undefined): Promise<number> {
  const server = new grpc.Server({ "grpc.max_receive_message_length": MESSAGE_LIMIT_BYTES, "grpc.max_send_message_length": MESSAGE_LIMIT_BYTES });
  server.addService(LanguageRuntimeService, handlers(engineAddress));
  return new Promise((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (fault, port) => {
      if (fault === null) resolve(port);
      else reject(fault);
    });
  });
}

// What is not here (project generation, packing, templates) gRPC itself answers with UNIMPLEMENTED.
function handlers(given: string | undefined): grpc.UntypedServiceImplementation {
  let engine = given;
  return {
    handshake: answer((request: messages.LanguageHandshakeRequest) => {
      if (request.getEngineAddress() !== "") engine = request.getEngineAddress();
      return new messages.LanguageHandshakeResponse();
    }),
    getPluginInfo: answer(() => {
      const info = new PluginInfo();
      info.setVersion(packageVersion("@pulumi/pulumi"));
      return info;
    }),
    getRequiredPackages: answer((request: messages.GetRequiredPackagesRequest) => {
      const response = new messages.GetRequiredPackagesResponse();
      response.setPackagesList(
        dependenciesOf(programOf(request.getInfo()).directory).flatMap((dependency) => {
          if (dependency.plugin === undefined) return [];
          const one = new PackageDependency();
          one.setName(dependency.plugin);
          one.setKind("resource");
          one.setVersion(`v${dependency.version}`);
          return [one];
        }),
      );
      return response;
    }),
    getProgramDependencies: answer((request: messages.GetProgramDependenciesRequest) => {
      const response = new messages.GetProgramDependenciesResponse();
      response.setDependenciesList(
        dependenciesOf(programOf(request.getInfo()).directory).map((dependency) => {
          const one = new messages.DependencyInfo();
          one.setName(dependency.name);
          one.setVersion(dependency.version);
          return one;
        }),
      );
      return response;
    }),
    about: answer(() => {
      const response = new messages.AboutResponse();
      response.setExecutable(process.execPath);
      response.setVersion(process.version);
      return response;
    }),
    run: answer(async (request: messages.RunRequest) => {
      if (engine === undefined) throw new Error("the engine gave no address to call back");
      if (request.getAttachDebugger()) throw new Error("a debugger cannot be attached on the lab's language host; install Pulumi for that");
      return runProgram(request, engine);
    }),
    cancel: answer(() => {
      cancelAll();
      return new Empty();
    }),
    runPlugin: stream(runPlugin),
    installDependencies: stream(installPackages),
  };
}

function answer<Request, Response>(make: (request: Request) => Response | Promise<Response>): grpc.handleUnaryCall<Request, Response> {
  return (call, callback) => {
    Promise.resolve()
      .then(() => make(call.request))
      .then(
        (response) => {
          callback(null, response);
        },
        (fault: unknown) => {
          callback({ code: grpc.status.UNKNOWN, details: messageOf(fault) });
        },
      );
  };
}

function stream<Request, Response>(
  run: (call: grpc.ServerWritableStream<Request, Response>) => Promise<void>,
): grpc.handleServerStreamingCall<Request, Response> {
  return (call) => {
    run(call).catch((fault: unknown) => {
      call.emit("error", { code: grpc.status.UNKNOWN, details: messageOf(fault) });
    });
  };
}

function messageOf(fault: unknown): string {
  return fault instanceof Error ? fault.message : String(fault);
}
