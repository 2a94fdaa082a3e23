"use strict";

// The SDK makes every resource anew for every rule, 1 s for the rules over two regions. `pack.ts` keeps what the first rule is given; the
// others are given none.
const { AnalyzeRequest, AnalyzeStackRequest, AnalyzerResourceOptions } = require("@pulumi/pulumi/proto/analyzer_pb");
const { getResourcesList } = AnalyzeStackRequest.prototype;
AnalyzeStackRequest.prototype.getResourcesList = function () {
  return getResourcesList.call(this).values();
};

// The engine also shows the pack each resource by itself, twice, and waits for it. Every rule here is of the whole stack (pack.ts): those
// messages are not read, and stand for a resource without properties.
const { AnalyzerService } = require("@pulumi/pulumi/proto/analyzer_grpc_pb");
const { Struct } = require("google-protobuf/google/protobuf/struct_pb");
const unread = new AnalyzeRequest();
unread.setProperties(new Struct());
unread.setOptions(new AnalyzerResourceOptions());
for (const method of [AnalyzerService.analyze, AnalyzerService.remediate]) method.requestDeserialize = () => unread;

// `start.cjs`, which the runner starts with (PulumiPolicy.yaml), takes TypeScript.
require("./pack.ts");
