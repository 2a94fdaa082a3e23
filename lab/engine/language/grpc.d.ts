// The SDK has no types for this file of its own.
declare module "@pulumi/pulumi/proto/language_grpc_pb" {
  import type { ServiceDefinition } from "@grpc/grpc-js";
  export const LanguageRuntimeService: ServiceDefinition;
}
