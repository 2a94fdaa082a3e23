// What Node.js does before the SDK's runner (PulumiPolicy.yaml, nodeargs): what it does before the program, and one thing more. The
// runner reads TypeScript with a compiler that checks types at every start; index.cjs puts tsx in its place. Here the runner finds
// what it asks of the compiler, and nothing behind it: 0.5 s of every preview.
"use strict";

require("../start.cjs");
const Module = require("node:module");

const instead = { typescript: { version: "5.9.3" }, "ts-node": { VERSION: "10.9.2", register: () => undefined } };
const { _load: load, _resolveFilename: resolve } = Module;
Module._load = (request, ...rest) => instead[request] ?? load.call(Module, request, ...rest);
Module._resolveFilename = (request, ...rest) => (request in instead ? request : resolve.call(Module, request, ...rest));
