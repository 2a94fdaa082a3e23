export const certificatePath = "/run/bundler/edge/certificate.pem";
export const eipSettingsPath = "/etc/bundler/eip.json";
export const certificateSettingsPath = "/etc/bundler/certificate.json";
/** keepalived says here what it is, a line each time. systemd makes it and keeps it open. */
export const vrrpPipePath = "/run/bundler-eip/vrrp";
/** Exists while this host is keepalived's master. */
export const masterFlagPath = "/run/bundler-eip/master";
