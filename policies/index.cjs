"use strict";

// The SDK makes every resource anew for every rule, 1 s for the rules over two regions. `pack.ts` keeps what the first rule is given; the
// others are given none.
const { AnalyzeRequest, AnalyzeStackRequest, AnalyzerResourceOptions } = require("@pulumi/pulumi/proto/analyzer_pb");
const { getResourcesList } = AnalyzeStackRequest.prototype;
AnalyzeStackRequest.prototype.getResourcesList = function () {
  return getResourcesList.call(this).values();
};

// The engine also offers the pack each resource by itself, first to be mended, then to be judged, and waits each time. No rule here mends
// (the engine takes "unimplemented" for "nothing mended"), and every rule is of the whole stack (pack.ts): what is to be judged by itself is
// not read, and stands for a resource without properties. Not to mend alone saves 0.35 s of CPU over two regions.
const { AnalyzerService } = require("@pulumi/pulumi/proto/analyzer_grpc_pb");
const { Struct } = require("google-protobuf/google/protobuf/struct_pb");
delete AnalyzerService.remediate;
const unread = new AnalyzeRequest();
unread.setProperties(new Struct());
unread.setOptions(new AnalyzerResourceOptions());
AnalyzerService.analyze.requestDeserialize = () => unread;

// The SDK skips a rule that the config turns off, and tells nobody. `start.cjs`, which the runner starts with (PulumiPolicy.yaml), takes
// TypeScript.
const { keptStrict } = require("./enforcement.ts");
const { requestDeserialize } = AnalyzerService.configure;
AnalyzerService.configure.requestDeserialize = (bytes) => keptStrict(requestDeserialize(bytes));

require("./pack.ts");
