"use strict";

// The SDK's runner reads TypeScript with a compiler that checks types at every start. `make check` has checked them: tsx only strips them.
require("tsx/cjs/api").register();

// The SDK reads every resource anew for every rule, 5 s for a hundred rules over two regions. A message of the engine says the same each
// time, and rules only read.
const deserialize = require("@pulumi/policy/deserialize");
const { deserializeProperties } = deserialize;
const read = new WeakMap();
deserialize.deserializeProperties = (message, proxySecrets) => {
  if (proxySecrets) return deserializeProperties(message, proxySecrets);
  if (!read.has(message)) read.set(message, deserializeProperties(message, proxySecrets));
  return read.get(message);
};

// The engine also shows the pack each resource by itself, twice, and waits for it. Every rule here is of the whole stack (pack.ts): those
// messages are not read, and stand for a resource without properties.
const { AnalyzeRequest, AnalyzerResourceOptions } = require("@pulumi/pulumi/proto/analyzer_pb");
const { AnalyzerService } = require("@pulumi/pulumi/proto/analyzer_grpc_pb");
const { Struct } = require("google-protobuf/google/protobuf/struct_pb");
const unread = new AnalyzeRequest();
unread.setProperties(new Struct());
unread.setOptions(new AnalyzerResourceOptions());
for (const method of [AnalyzerService.analyze, AnalyzerService.remediate]) method.requestDeserialize = () => unread;

require("./pack.ts");
