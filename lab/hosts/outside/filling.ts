import type { LabPlatform } from "../platform";

/** Ids of the stack and the ids that moto chose for the same things: moto does not let anyone choose. */
export type Aliases = [ofStack: string, ofMoto: string][];

/** Fills moto with what the stack made: secrets with their values, buckets, the Elastic IPs and the instances. Gives the aliases. */
export async function fillMoto(port: number, platform: LabPlatform, values: Readonly<Record<string, string>>): Promise<Aliases> {
  const moto = new MotoClient(port, platform.region);
  for (const { name, value } of platform.secrets) {
    const text = value ?? values[name];
    // A container that nobody has filled exists and has no version, as in AWS.
    await moto.json("secretsmanager", "CreateSecret", { Name: name, ...(text === undefined ? {} : { SecretString: text }) });
  }
  for (const { name: bucket } of platform.buckets) {
    await moto.put(bucket, "");
    await moto.put(bucket, "?versioning", "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>");
  }
  const aliases: Aliases = [];
  for (const { allocationId, address, name } of platform.elasticIps) {
    const made = await moto.ec2({
      Action: "AllocateAddress",
      Domain: "vpc",
      Address: address,
      "TagSpecification.1.ResourceType": "elastic-ip",
      "TagSpecification.1.Tag.1.Key": "Name",
      "TagSpecification.1.Tag.1.Value": name,
    });
    aliases.push([allocationId, elementOf(made, "allocationId")]);
  }
  for (const { instanceId } of platform.hosts) {
    const made = await moto.ec2({ Action: "RunInstances", ImageId: "ami-12c6146b", MinCount: "1", MaxCount: "1" });
    aliases.push([instanceId, elementOf(made, "instanceId")]);
  }
  return aliases;
}

function elementOf(xml: string, name: string): string {
  const found = new RegExp(`<${name}>([^<]+)</${name}>`).exec(xml)?.[1];
  if (found === undefined) throw new Error(`moto: no ${name} in its answer: ${xml.slice(0, 300)}`);
  return found;
}

/** Calls without signatures that moto takes: it looks at the scope only, to know the service. */
class MotoClient {
  public constructor(
    private readonly port: number,
    private readonly region: string,
  ) {}

  public async json(service: string, action: string, body: unknown): Promise<void> {
    await this.call(service, "/", {
      method: "POST",
      headers: { "content-type": "application/x-amz-json-1.1", "x-amz-target": `${service}.${action}` },
      body: JSON.stringify(body),
    });
  }

  public async ec2(form: Readonly<Record<string, string>>): Promise<string> {
    return this.call("ec2", "/", { method: "POST", body: new URLSearchParams({ ...form, Version: "2016-11-15" }) });
  }

  public async put(bucket: string, rest: string, body = ""): Promise<void> {
    await this.call("s3", `/${bucket}${rest}`, { method: "PUT", body });
  }

  private async call(
    service: string,
    path: string,
    request: { method: string; headers?: Record<string, string>; body: string | URLSearchParams },
  ): Promise<string> {
    const scope = `AKIALAB/20260101/${this.region}/${service}/aws4_request`;
    const headers = { ...request.headers, authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0` };
    const answer = await fetch(`http://127.0.0.1:${String(this.port)}${path}`, { ...request, headers });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`moto: ${service} ${path} answered ${String(answer.status)}: ${text.slice(0, 300)}`);
    return text;
  }
}
