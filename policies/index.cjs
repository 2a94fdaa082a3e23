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

require("./pack.ts");
