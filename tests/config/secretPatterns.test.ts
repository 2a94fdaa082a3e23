import assert from "node:assert/strict";
import { looksSecret, namesSecret } from "../../config/secretPatterns";

describe("what looks like a secret", () => {
  it("is a private JWK, in any order of its members, and not a public one", () => {
    assert.ok(looksSecret('{"d": "x", "kty": "RSA"}'));
    assert.ok(looksSecret(JSON.stringify({ wallet: JSON.stringify({ kty: "RSA", n: "x", d: "x" }) })));
    assert.ok(!looksSecret('{"kty": "RSA", "n": "x", "e": "AQAB"}'));
  });

  it("is a key with a well-known beginning", () => {
    for (const text of ["sk_live_EXAMPLE00000000", "rk_test_EXAMPLE00000000", "whsec_EXAMPLE00000000", "AKIAIOSFODNN7EXAMPLE", "xoxb-EXAMPLE0000"])
      assert.ok(looksSecret(text), text);
  });

  it("is not an address, a digest or a plain URL", () => {
    for (const text of ["0x00000000000000000000000000000000000000b1", "a".repeat(64), "https://files.example.com:8443/a@b.tar.gz", "s3://bucket/key"])
      assert.ok(!looksSecret(text), text);
  });

  it("is a variable named for one, as a whole word", () => {
    for (const name of ["DB_PASSWORD", "JWT_SECRET", "SLACK_OAUTH_TOKEN", "PRIVATE_KEY", "COINGECKO_API_KEY", "AR_IO_ADMIN_KEY"])
      assert.ok(namesSecret(name), name);
    for (const name of ["TOKENS_ALLOWED", "KEYSPACE", "SECRETARY", "LOG_LEVEL"]) assert.ok(!namesSecret(name), name);
  });
});
