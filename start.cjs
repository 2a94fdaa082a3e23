// What Node.js does before the program starts (Pulumi.yaml, nodeargs): it takes TypeScript, and leaves undone what costs every
// preview time and serves nobody here. The times are of an unchanged preview of level 1 on two cores, once 10 s.
"use strict";

const Module = require("node:module");
const sdk = Module.createRequire(require.resolve("@pulumi/pulumi/package.json"));

// tsx strips types (`make check` has checked them). It would also read through npm's packages, which are JavaScript: 0.9 s.
const plain = Module._extensions[".js"];
require("tsx/cjs");
Module._extensions[".js"] = plain;
// The SDK's own source maps tell where an error was thrown; Node.js would read them all once more: 0.1 s.
process.setSourceMapsEnabled(false);

// Large packages that the program imports and hardly ever uses are loaded when they are used: 1.8 s. The first three ship
// functions to the cloud, the fourth drives the engine, the last are error messages in 40 languages.
const loadedWhenUsed = new Set(["typescript", "@npmcli/arborist", "normalize-package-data", "./automation", "../locales/index.cjs"]);
const load = Module._load;
Module._load = function (request, ...rest) {
  if (!loadedWhenUsed.has(request)) return load.call(this, request, ...rest);
  // One that is not installed is missing at once, as it would be: the SDK then takes another.
  Module._resolveFilename(request, ...rest);
  let loaded;
  const real = () => (loaded ??= load.call(this, request, ...rest));
  // `__esModule` is asked for by the way that compiled code imports, and is no use.
  const get = (_, key) => (key === "__esModule" ? true : key === "default" && !("default" in real()) ? real() : real()[key]);
  return new Proxy({}, { get, has: (_, key) => key in real() });
};

// The runner of policy packs, which starts here too (policies/PulumiPolicy.yaml), would read TypeScript with a compiler that checks types
// at every start. It finds what it asks of one, and nothing behind it: tsx reads the pack. 0.4 s.
if (process.argv[1]?.includes("run-policy-pack")) {
  const instead = new Map([
    ["typescript", { version: "5.9.3" }],
    ["ts-node", { VERSION: "10.9.2", register: () => undefined }],
  ]);
  const { _load: loadNext, _resolveFilename: resolve } = Module;
  Module._load = (request, ...rest) => instead.get(request) ?? loadNext.call(Module, request, ...rest);
  Module._resolveFilename = (request, ...rest) => (instead.has(request) ? request : resolve.call(Module, request, ...rest));
}

// The debugger, by which the SDK finds the source of functions to ship: 0.2 s.
sdk("./runtime/closure/v8Hooks").isInitializedAsync = () => Promise.resolve();

// The lines of code that made each resource: 0.3 s, and a state that changes when code moves. The URN says who made it.
sdk("./resource").Resource.stackTrace = () => [];

// Four messages a resource, one after the other, which the engine shows with --debug only: 0.4 s. BUNDLER_DEBUG=1 sends them.
if (process.env.BUNDLER_DEBUG !== "1") sdk("./log").debug = () => Promise.resolve();

// A stack trace for every promise, in case it is never kept: 2 s. One that is leaked is still reported, with what it was for.
const debuggable = sdk("./runtime/debuggable");
const { debuggablePromise } = debuggable;
debuggable.debuggablePromise = (...given) => {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  try {
    return debuggablePromise(...given);
  } finally {
    Error.stackTraceLimit = limit;
  }
};
