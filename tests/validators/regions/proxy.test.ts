import { planHost } from "../../../hosts";
import type { HostFile } from "../../../hosts/types";
import { ownRegions } from "../../fixtures/good";
import { contentOf, hostNamed, hostsWith } from "../../hosts/plans";
import { testCertificate } from "../certificates";
import { runCheck } from "../debian";
import { bootFile, checkFile } from "../relocate";

describe("the data proxy and the edge of the second region in Debian 13", () => {
  it("read while the region waits, hold workers, and tell Route 53 whether the region takes writes", async function () {
    this.timeout(120_000);
    const { standby } = ownRegions();
    const database = hostsWith(standby, "database").map(({ address }) => address);
    const tls = testCertificate([standby.domain], database);
    const values = {
      "tls-app/ca": tls.ca,
      "tls-app/certificate": tls.certificate,
      "tls-app/privateKey": tls.privateKey,
    };
    const api = planHost(standby, hostNamed(standby, "api-1"));
    const edge = planHost(standby, hostNamed(standby, "edge-1"));
    const secrets = api.secrets.filter(({ path }) => path.startsWith("/run/bundler/tls-app/")).map((secret) => bootFile(secret, values));
    const file = (path: string, content: string, mode = "0644"): HostFile => ({ path, content, mode, owner: "root:root" });
    // Both on one machine: the edge's socket is where the data proxy's is not.
    const edgeCfg = contentOf(edge, "/etc/haproxy/haproxy.cfg").replace("/run/haproxy/admin.sock", "/check/edge.sock");
    await runCheck(
      [
        ...api.files,
        ...secrets,
        file("/check/edge.cfg", edgeCfg),
        file("/run/bundler/edge/certificate.pem", tls.certificate + tls.privateKey, "0600"),
        checkFile(".", "bench.py"),
        { ...checkFile("regions", "proxy.py"), path: "/check/check.py" },
      ],
      [
        "python3",
        "-B",
        "/check/check.py",
        JSON.stringify({
          members: database,
          ports: {
            postgres: standby.database.port,
            role: standby.database.role.port,
            reader: standby.pair?.readerPort,
            primary: standby.proxy.primaryPort,
            writer: standby.proxy.writerPort,
          },
          api: hostsWith(standby, "api").map(({ address }) => address),
          apiPorts: standby.processes.filter(({ name }) => name === "upload-api" || name === "payment-service").map(({ port }) => port),
          domain: standby.domain,
          path: standby.pair?.path,
        }),
      ],
    );
  });
});
