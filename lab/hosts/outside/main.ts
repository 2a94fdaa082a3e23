/**
 * `main.ts PLAN`: everything that stands outside the hosts, as one process: AWS's APIs, instance metadata, Debian's mirror and
 * an Arweave gateway. Its listening sockets are those of `sockets`, opened in the region's core by listen.py. It may be started
 * before there is a plan, since moto takes a while.
 */
import { appendFileSync, existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import { createServer as createSecureServer } from "node:https";
import { setTimeout as sleep } from "node:timers/promises";
import type { OutsidePlan } from "./plan";
import { currentPlatform } from "../platformFile";
import { arweaveService } from "./arweave";
import { awsService } from "./aws";
import { debianMirrorService } from "./debian";
import { Gateway } from "./gateway";
import { fillMoto } from "./filling";
import { metadataService } from "./metadata";
import { startMoto } from "./moto";
import { socketNames, type SocketName } from "./plan";

const firstDescriptor = 3;

async function main(planFile: string): Promise<void> {
  const moto = await startMoto();
  moto.process.on("exit", () => {
    process.stderr.write("moto has ended, and AWS with it\n");
    process.exit(1);
  });
  process.on("exit", () => moto.process.kill("SIGKILL"));
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => process.exit(0));
  while (!existsSync(planFile)) await sleep(50);
  const plan = JSON.parse(readFileSync(planFile, "utf8")) as OutsidePlan;
  const { platform, identities } = plan;
  const aliases = await fillMoto(moto.port, platform, plan.values);
  const gateway = new Gateway(platform, plan.ownersFile);
  await gateway.load();
  const current = currentPlatform(plan.platformFile);
  const aws = awsService({
    current,
    identities,
    motoPort: moto.port,
    files: plan.files,
    aliases,
    completed: (instanceId) => {
      appendFileSync(plan.completedFile, `${instanceId} ${String(Date.now())}\n`);
    },
    associated: (allocationId, instanceId) => gateway.associate(allocationId, instanceId),
  });
  const arweave = arweaveService();
  serve("metadata", metadataService(current, identities));
  serve("aws", aws, plan.awsCertificate);
  serve("debian", debianMirrorService(plan.debianMirror, plan.debianDirectory));
  serve("arweave", arweave);
  serve("arweaveTls", arweave, plan.awsCertificate);
  writeFileSync(`${plan.readyFile}.partial`, "");
  renameSync(`${plan.readyFile}.partial`, plan.readyFile);
}

function serve(name: SocketName, listener: RequestListener, certified?: OutsidePlan["awsCertificate"]): void {
  const server = certified === undefined ? createServer(listener) : createSecureServer({ cert: certified.certificate, key: certified.privateKey }, listener);
  // Uploads of any length, from a host that may be slow.
  server.requestTimeout = 0;
  server.keepAliveTimeout = 60_000;
  server.listen({ fd: firstDescriptor + socketNames.indexOf(name) });
}

main(process.argv[2] ?? "").catch((fault: unknown) => {
  process.stderr.write(`${fault instanceof Error ? (fault.stack ?? fault.message) : String(fault)}\n`);
  process.exit(1);
});
