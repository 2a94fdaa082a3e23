import { defaultCidrs } from "./derived";
import type { Settings } from "./keys";

/**
 * The second region's settings, as if it were a stack of its own: its zones, network and certificate, a warm API and no
 * workers. Null below level 3.
 */
export function standbySettings(settings: Settings): Settings | null {
  const { level, standbyRegion: region } = settings;
  if (level !== 3 || region === null) return null;
  return {
    ...settings,
    site: "standby",
    region,
    zones: settings.standbyZones,
    vpcCidr: settings.standbyVpcCidr,
    ...defaultCidrs(settings.standbyVpcCidr, settings.standbyZones.length),
    certificateArn: settings.standbyCertificateArn,
    apiHosts: settings.standbyApiHosts,
    workerHosts: 0,
  };
}
