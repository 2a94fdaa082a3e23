import { createHmac, timingSafeEqual } from "node:crypto";

const header = encode({ alg: "HS256", typ: "JWT" });

/** A JSON Web Token (HS256) that is good for so many seconds. */
export function signToken(secret: string, lifetimeSeconds: number, now = Date.now()): string {
  const issuedAt = Math.floor(now / 1000);
  const body = `${header}.${encode({ iat: issuedAt, exp: issuedAt + lifetimeSeconds })}`;
  return `${body}.${mac(body, secret).toString("base64url")}`;
}

/** Whether a token is one of this secret's that has not expired. */
export function isValidToken(token: string, secret: string, now = Date.now()): boolean {
  const [head, claims, signature, ...rest] = token.split(".");
  if (head !== header || claims === undefined || signature === undefined || rest.length > 0) return false;
  const expected = mac(`${head}.${claims}`, secret);
  const given = Buffer.from(signature, "base64url");
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return false;
  const { exp } = JSON.parse(Buffer.from(claims, "base64url").toString("utf8")) as { exp: number };
  return now < exp * 1000;
}

/** The bearer token of an Authorization header. */
export function bearer(authorization: string | undefined): string | undefined {
  return /^Bearer (\S+)$/.exec(authorization ?? "")?.[1];
}

function mac(body: string, secret: string): Buffer {
  return createHmac("sha256", secret).update(body).digest();
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString("base64url");
}
