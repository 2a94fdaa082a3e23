export const certificatePath = "/run/bundler/edge/certificate.pem";
export const eipSettingsPath = "/etc/bundler/eip.json";
export const certificateSettingsPath = "/etc/bundler/certificate.json";
/** Exists while this host is keepalived's master. */
export const masterFlagPath = "/run/bundler-eip/master";
