import { AwsPackage } from "./aws";
import { LocalPackage } from "./local";
import type { CloudPackage } from "./package";
import { randomModels } from "./random";
import { RecordFile } from "./recordFile";
import { serve, type Served } from "./server";
import { tlsModels } from "./tls";

const providerNames = ["aws", "random", "tls"] as const;
type ProviderName = (typeof providerNames)[number];

/** The embedded cloud as it serves one engine. */
export interface ServedCloud {
  /** Providers by name, with the loopback port of each. */
  ports: Readonly<Record<string, number>>;
  close: () => void;
}

/** Serves every provider that the embedded cloud stands in for. `record`: path of what exists; `versionOf`: the version of an npm package, which its provider has too. */
export async function serveCloud(record: string, versionOf: (npmPackage: string) => string): Promise<ServedCloud> {
  const file = new RecordFile(record);
  const packages: Record<ProviderName, () => CloudPackage> = {
    aws: () => new AwsPackage(file),
    random: () => new LocalPackage(randomModels),
    tls: () => new LocalPackage(tlsModels),
  };
  const served: [ProviderName, Served][] = [];
  for (const name of providerNames) served.push([name, await serve(packages[name], versionOf(`@pulumi/${name}`))]);
  return {
    ports: Object.fromEntries(served.map(([name, { port }]) => [name, port])),
    close: () => {
      for (const [, { close }] of served) close();
    },
  };
}
