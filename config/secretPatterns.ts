/** Literals that are secrets whatever key they stand under. */
const secretLiterals: readonly RegExp[] = [
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  // A private JWK has a "d" beside its "kty", in either order, quoted plainly or inside JSON text.
  /^(?=[\s\S]*\\?"kty\\?"\s*:)(?=[\s\S]*\\?"d\\?"\s*:)/,
  /\b[rs]k_(live|test)_[0-9A-Za-z]{8,}/,
  /\bwhsec_[0-9A-Za-z]{8,}/,
  /\b(AKIA|ASIA)[0-9A-Z]{16}\b/,
  /\bxox[abprs]-[0-9A-Za-z-]{8,}/,
  // A password inside a URL.
  /:\/\/[^/\s:@]+:[^/\s@]+@/,
];

const secretName = /(^|_)(PASSWORD|PASSWD|SECRET|TOKEN|PRIVATE_KEY|API_KEY|ADMIN_KEY|SIGNING_JWK)(_|$)/;

/** Whether a text holds a literal that must not be in config. */
export function looksSecret(text: string): boolean {
  return secretLiterals.some((pattern) => pattern.test(text));
}

/** Whether an environment variable is, by its name, a secret. */
export function namesSecret(variable: string): boolean {
  return secretName.test(variable);
}
