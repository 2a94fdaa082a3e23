import { defaultCidrs } from "./derived";
import type { Settings } from "./keys";

/**
 * The second region's settings, as if it were a stack of its own: its zones, network and certificate, and a warm API. Groups of
 * workers are empty until a plan grows them; own worker hosts are there, and wait. Null below level 3.
 */
export function standbySettings(settings: Settings): Settings | null {
  const { level, site, standbyRegion: region } = settings;
  if (level !== 3 || site !== "primary" || region === null) return null;
  return {
    ...settings,
    site: "standby",
    region,
    zones: settings.standbyZones,
    vpcCidr: settings.standbyVpcCidr,
    ...defaultCidrs(settings.standbyVpcCidr, settings.standbyZones.length),
    certificateArn: settings.standbyCertificateArn,
    apiHosts: settings.standbyApiHosts,
    workerHosts: settings.hosting === "managed" ? 0 : settings.workerHosts,
  };
}
