// The SDK's runner reads TypeScript with a compiler that checks types at every start. `make check` has checked them: tsx only strips them.
"use strict";

require("tsx/cjs/api").register();
require("./pack.ts");
