import assert from "node:assert/strict";
import { attachTo, labEnvironment } from "../../../lab/engine/environment";

describe("the engine's environment in the lab", () => {
  it("keeps everything in its home and asks nothing of the network or of plugins on PATH", () => {
    const environment = labEnvironment("/lab", { PATH: "/bin", PULUMI_HOME: "/home/me/.pulumi", PULUMI_BACKEND_URL: "s3://mine" });
    assert.equal(environment["PULUMI_HOME"], "/lab/pulumi");
    assert.equal(environment["PULUMI_BACKEND_URL"], "file:///lab/backend");
    for (const name of ["PULUMI_SKIP_UPDATE_CHECK", "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION", "PULUMI_IGNORE_AMBIENT_PLUGINS"])
      assert.equal(environment[name], "true");
  });

  it("leaves a passphrase that a person set", () => {
    assert.equal(labEnvironment("/lab", { PULUMI_CONFIG_PASSPHRASE: "mine" })["PULUMI_CONFIG_PASSPHRASE"], "mine");
    assert.equal(labEnvironment("/lab", { PULUMI_CONFIG_PASSPHRASE_FILE: "/f" })["PULUMI_CONFIG_PASSPHRASE"], undefined);
    assert.notEqual(labEnvironment("/lab", {})["PULUMI_CONFIG_PASSPHRASE"], undefined);
  });

  it("names every provider that is served, with its port", () => {
    assert.deepEqual(attachTo({ aws: 4001, tls: 4002 }), { PULUMI_DEBUG_PROVIDERS: "aws:4001,tls:4002" });
  });
});
