import { importX } from "eslint-plugin-import-x";
import { createTypeScriptImportResolver } from "eslint-import-resolver-typescript";
import tseslint from "typescript-eslint";

// Data walks one way. A folder may import what stands before it, never what stands after it; hosts and sla do not see each other.
const order = [["config"], ["blueprint"], ["hosts", "sla"], ["components"], ["exports"], ["policies"]];
const outside = ["lab", "tests", "index.ts"];
const zones = order.flatMap((folders, position) =>
  folders.map((folder) => ({
    target: `./${folder}`,
    from: [...folders.filter((other) => other !== folder), ...order.slice(position + 1).flat(), ...outside].map((later) => `./${later}`),
    message: `Data walks ${order.map((names) => names.join(", ")).join(" → ")}; nothing of the program imports lab, tests or index.ts.`,
  })),
);
zones.push({ target: "./index.ts", from: ["./lab", "./tests"], message: "The program cannot tell the lab from AWS." });

const noPulumi = { regex: "^@pulumi/", message: "This folder is pure: plain data in, plain data out." };
const noInputOutput = (modules) => ({ regex: `^(node:)?(${modules.join("|")})(/|$)`, message: "This folder is pure: it does no I/O." });
const outsideWorld = ["child_process", "net", "http", "https", "http2", "dns", "dgram", "tls", "worker_threads"];

export default tseslint.config(
  // The reference workload has packages of its own: a test checks its sources with these rules where those are (tests/lab/app).
  { ignores: ["node_modules/**", ".lab/**", "lab/app/packages/**"] },
  {
    files: ["**/*.ts"],
    extends: [...tseslint.configs.strictTypeChecked],
    plugins: { "import-x": importX },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    settings: {
      "import-x/extensions": [".ts"],
      "import-x/parsers": { "@typescript-eslint/parser": [".ts"] },
      "import-x/resolver-next": [createTypeScriptImportResolver({ project: `${import.meta.dirname}/tsconfig.json` })],
    },
    rules: {
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/prefer-nullish-coalescing": "error",
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-extraneous-class": "off", // an error class of its own has no members
      eqeqeq: "error",
      "import-x/no-cycle": "error",
      "import-x/no-restricted-paths": ["error", { basePath: import.meta.dirname, zones }],
    },
  },
  {
    files: ["config/**/*.ts", "blueprint/**/*.ts", "sla/**/*.ts"],
    rules: { "no-restricted-imports": ["error", { patterns: [noPulumi, noInputOutput([...outsideWorld, "fs"])] }] },
  },
  {
    files: ["components/**/*.ts", "index.ts"],
    rules: {
      "@typescript-eslint/no-restricted-imports": [
        "error",
        {
          paths: [
            {
              name: "@pulumi/aws",
              allowTypeImports: true,
              message: "Import the service, e.g. @pulumi/aws/ec2: all of them together take 0.3 s of every preview.",
            },
          ],
        },
      ],
    },
  },
  {
    // Hosts' own programs and scripts are files of this folder, read when it is loaded.
    files: ["hosts/**/*.ts"],
    rules: { "no-restricted-imports": ["error", { patterns: [noPulumi, noInputOutput(outsideWorld)] }] },
  },
);
