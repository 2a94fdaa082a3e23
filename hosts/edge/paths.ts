/** Certificate, chain and key of the public name, as HAProxy takes them. */
export const certificatePath = "/run/bundler/edge/certificate.pem";
/** Exists while this host is the VRRP master. */
export const masterPath = "/run/bundler-edge/master";
/** Answered by HAProxy itself on port 80: health of an edge host, for keepalived and for a network load balancer. */
export const edgeHealthPath = "/edge-health";
/** On loopback: certbot, while it answers a challenge. */
export const acmePort = 8402;
/** On the private address: Prometheus metrics of HAProxy. */
export const metricsPort = 8405;
/** On loopback: HAProxy's statistics. */
export const statsPort = 8404;
