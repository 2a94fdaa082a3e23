import type { SelfHostedBlueprint, Host } from "../../blueprint/types";
import { haproxyFiles, programDirectory, rootFile, settingsFile, unit } from "../files";
import { programText } from "../program";
import { unitFile } from "../systemd";
import type { HostPlan } from "../types";
import { acmePort, edgeHaproxyCfg } from "./haproxy.cfg";
import { keepalivedConf } from "./keepalived.conf";
import { certificatePath, certificateSettingsPath, eipSettingsPath, masterFlagPath, vrrpPipePath } from "./paths";

const program = (name: string): { name: string; content: string } => ({ name, content: programText(__dirname, name) });
const certificateProgram = program("bundler_certificate.py");
const eipProgram = program("bundler_eip.py");

/** How often the master looks whether the address is still its own; two masters in a partition take it from each other no faster. */
const eipCheckSeconds = 60;

/** Everything on an edge host above the base. */
export function edgePlan(blueprint: SelfHostedBlueprint, host: Host): HostPlan {
  const { edge, region, secrets, domain } = blueprint;
  const { certificate } = edge;
  const keepalived = edge.kind === "keepalived";
  const run = `/usr/bin/python3 ${programDirectory}/${certificateProgram.name} ${certificateSettingsPath}`;
  return {
    packages: ["haproxy", "openssl", ...(keepalived ? ["keepalived", "curl"] : []), ...(certificate.source === "acme" ? ["certbot"] : [])],
    files: [
      rootFile("/etc/haproxy/haproxy.cfg", edgeHaproxyCfg(blueprint)),
      rootFile(`${programDirectory}/${certificateProgram.name}`, certificateProgram.content),
      settingsFile(certificateSettingsPath, {
        region,
        prefix: secrets.prefix,
        path: certificatePath,
        domain,
        acme:
          certificate.source === "acme"
            ? { email: certificate.email, directoryUrl: certificate.directoryUrl, port: acmePort, masterFlag: masterFlagPath }
            : null,
      }),
      unit(
        "haproxy.service.d/bundler.conf",
        unitFile({
          Unit: { Requires: "bundler-secrets.service", After: "bundler-secrets.service", StartLimitIntervalSec: "0" },
          Service: {
            // Not its own check before it starts: it refuses a file that it cannot use, and each check is time away.
            ExecStartPre: ["", `${run} --start`],
            Restart: "always",
            RestartSec: "100ms",
            LimitNOFILE: haproxyFiles,
          },
        }),
      ),
      unit(
        "bundler-certificate.service",
        unitFile({
          Unit: { Description: "Takes a renewed certificate to HAProxy", After: "haproxy.service" },
          Service: { Type: "oneshot", ExecStart: run, TimeoutStartSec: "300s" },
        }),
      ),
      unit(
        "bundler-certificate.timer",
        unitFile({
          Unit: { Description: "Looks for a renewed certificate" },
          Timer: { OnActiveSec: `${String(edge.certificatePollSeconds)}s`, OnUnitInactiveSec: `${String(edge.certificatePollSeconds)}s`, AccuracySec: "1s" },
          Install: { WantedBy: "timers.target" },
        }),
      ),
      ...(keepalived ? keepalivedFiles(blueprint, host) : []),
    ],
    // HAProxy's own step fetches it too; it is here because what is listed here is what the host's role may read.
    secrets: [{ path: certificatePath, mode: "0600", owner: "root:root", parts: [{ secret: "edge-certificate" }], optional: true }],
    units: ["haproxy.service", "bundler-certificate.timer", ...(keepalived ? ["bundler-eip.socket", "bundler-eip.service", "keepalived.service"] : [])],
    maskedUnits: certificate.source === "acme" ? ["certbot.timer"] : [],
  };
}

function keepalivedFiles(blueprint: SelfHostedBlueprint, host: Host): HostPlan["files"] {
  return [
    rootFile("/etc/keepalived/keepalived.conf", keepalivedConf(blueprint, host)),
    rootFile(`${programDirectory}/${eipProgram.name}`, eipProgram.content),
    settingsFile(eipSettingsPath, {
      region: blueprint.region,
      name: `${blueprint.names.prefix}-edge`,
      checkSeconds: eipCheckSeconds,
      masterFlag: masterFlagPath,
    }),
    unit(
      "keepalived.service.d/bundler.conf",
      unitFile({
        Unit: { Requires: "bundler-eip.socket", Wants: "haproxy.service", After: "haproxy.service bundler-eip.socket", StartLimitIntervalSec: "0" },
        Service: { Restart: "always", RestartSec: "1s" },
      }),
    ),
    unit(
      "bundler-eip.socket",
      unitFile({
        Unit: { Description: "What keepalived says of who is master" },
        Socket: { ListenFIFO: vrrpPipePath, SocketMode: "0600" },
        Install: { WantedBy: "sockets.target" },
      }),
    ),
    unit(
      "bundler-eip.service",
      unitFile({
        Unit: {
          Description: "Holds the Elastic IP while this host is keepalived's master",
          Requires: "bundler-eip.socket",
          Wants: "network-online.target",
          After: "bundler-eip.socket network-online.target",
          StartLimitIntervalSec: "0",
        },
        Service: {
          Type: "exec",
          RuntimeDirectory: "bundler-eip",
          // The word of who is master outlives the agent.
          RuntimeDirectoryPreserve: "yes",
          ExecStart: `/usr/bin/python3 ${programDirectory}/${eipProgram.name} ${eipSettingsPath}`,
          Restart: "always",
          RestartSec: "100ms",
        },
        Install: { WantedBy: "multi-user.target" },
      }),
    ),
  ];
}
