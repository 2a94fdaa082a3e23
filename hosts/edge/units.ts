import type { Blueprint } from "../../blueprint/types";
import { python } from "../rootFile";
import { unitFile } from "../systemd";
import { masterPath } from "./paths";

/** Over Debian's unit: a certificate first, and never left dead. */
export function haproxyDropIn(): string {
  return unitFile({
    Unit: {
      Wants: "bundler-certificate.service network-online.target",
      After: "bundler-certificate.service network-online.target",
      StartLimitIntervalSec: "0",
    },
    Service: { Restart: "always", RestartSec: "200ms" },
  });
}

/** Takes the certificate from its secret; the first run also makes a placeholder when the secret is empty. */
export function certificateService(): string {
  return unitFile({
    Unit: {
      Description: "Takes the public certificate from its secret",
      Requires: "bundler-secrets.service",
      After: "bundler-secrets.service",
    },
    Service: { Type: "oneshot", ExecStart: python("bundler_certificate.py", "/etc/bundler/certificate.json"), TimeoutStartSec: "60s", UMask: "0077" },
  });
}

/** Asks for a renewed certificate. */
export function certificateTimer(blueprint: Blueprint): string {
  return unitFile({
    Unit: { Description: "Looks for a renewed certificate" },
    Timer: { OnActiveSec: "5s", OnUnitInactiveSec: `${String(blueprint.edge.certificatePollSeconds)}s`, AccuracySec: "1s" },
    Install: { WantedBy: "timers.target" },
  });
}

/** Holds the Elastic IP while this host is master. It runs on both hosts, so that the one that takes over loses no time with starting. */
export function eipService(): string {
  return unitFile({
    Unit: {
      Description: "Holds the Elastic IP on the VRRP master",
      Wants: "network-online.target",
      After: "network-online.target",
      StartLimitIntervalSec: "0",
    },
    Service: {
      Type: "exec",
      RuntimeDirectory: "bundler-edge",
      RuntimeDirectoryPreserve: "yes",
      ExecStart: python("bundler_eip.py", "/etc/bundler/eip.json"),
      Restart: "always",
      RestartSec: "1s",
      NoNewPrivileges: "yes",
      ProtectSystem: "strict",
      ProtectHome: "yes",
      PrivateTmp: "yes",
    },
    Install: { WantedBy: "multi-user.target" },
  });
}

/** Over Debian's unit: a keepalived that was killed must not leave its host marked as master. */
export function keepalivedDropIn(): string {
  return unitFile({
    Unit: {
      Wants: "bundler-eip.service haproxy.service network-online.target",
      After: "bundler-eip.service haproxy.service network-online.target",
      StartLimitIntervalSec: "0",
    },
    Service: { ExecStopPost: `/usr/bin/rm -f ${masterPath}`, Restart: "always", RestartSec: "200ms" },
  });
}

/** Renews the certificate, on the master only: there challenges arrive. */
export function acmeService(): string {
  return unitFile({
    Unit: {
      Description: "Renews the public certificate",
      Wants: "network-online.target",
      After: "network-online.target bundler-certificate.service haproxy.service",
    },
    Service: {
      Type: "oneshot",
      ExecCondition: `/usr/bin/test -e ${masterPath}`,
      ExecStart: python("bundler_acme.py", "/etc/bundler/certificate.json"),
      StateDirectory: "bundler/acme",
      TimeoutStartSec: "10min",
      UMask: "0077",
    },
  });
}

/** Hourly: authorities allow five failures an hour, and the name may point here only later. */
export function acmeTimer(): string {
  return unitFile({
    Unit: { Description: "Looks whether the public certificate ends soon" },
    Timer: { OnActiveSec: "2min", OnUnitInactiveSec: "1h" },
    Install: { WantedBy: "timers.target" },
  });
}
