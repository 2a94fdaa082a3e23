import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import { Readable } from "node:stream";
import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListPartsCommand,
  S3Client,
  UploadPartCommand,
  type Part,
} from "@aws-sdk/client-s3";
import { Upload } from "@aws-sdk/lib-storage";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import { ConfiguredRetryStrategy } from "@smithy/util-retry";
import { s3Settings } from "./s3Settings";

/** Key prefixes of the bucket. */
export const keys = {
  item: (id: string) => `${process.env["DATA_ITEM_S3_PREFIX"] ?? "raw-data-item"}/${id}`,
  multipart: (uploadKey: string) => `${process.env["MULTIPART_S3_PREFIX"] ?? "multipart-uploads"}/${uploadKey}`,
  payload: (planId: string) => `${process.env["BUNDLE_PAYLOAD_S3_PREFIX"] ?? "bundle-payload"}/${planId}`,
  transaction: (bundleId: string) => `${process.env["BUNDLE_TX_S3_PREFIX"] ?? "bundle"}/${bundleId}`,
  chunk: (root: string, offset: number) => `${process.env["CHUNKS_S3_PREFIX"] ?? "chunks"}/${root}/${String(offset)}`,
  quarantine: (id: string) => `quarantine/${id}`,
};

/** An S3 client with the application's sockets, timeouts and retries. */
export function makeS3Client(): S3Client {
  const { maxSockets, retryAttempts, retryBaseMilliseconds, ...config } = s3Settings();
  const agent = { keepAlive: true, timeout: 60_000, maxSockets };
  return new S3Client({
    ...config,
    requestHandler: new NodeHttpHandler({ httpAgent: new HttpAgent(agent), httpsAgent: new HttpsAgent(agent), connectionTimeout: 5_000 }),
    retryStrategy: new ConfiguredRetryStrategy(retryAttempts, (attempt: number) => retryBaseMilliseconds * 2 ** attempt),
  });
}

/** The bucket that holds what was uploaded. */
export class ObjectStore {
  constructor(
    private readonly bucket: string,
    private readonly client: S3Client = makeS3Client(),
  ) {}

  /** Writes an object from a stream, as the application does: a multipart upload when it is longer than 5 MiB. */
  async put(key: string, body: Readable | Buffer): Promise<void> {
    await new Upload({ client: this.client, params: { Bucket: this.bucket, Key: key, Body: body }, queueSize: 1 }).done();
  }

  /** The bytes of an object, or of its first so many. Throws S3's NoSuchKey. */
  async get(key: string, firstBytes?: number): Promise<Buffer> {
    const range = firstBytes === undefined ? {} : { Range: `bytes=0-${String(firstBytes - 1)}` };
    const { Body } = await this.client.send(new GetObjectCommand({ Bucket: this.bucket, Key: key, ...range }));
    if (!(Body instanceof Readable)) throw new Error(`${key}: no body`);
    const parts: Buffer[] = [];
    for await (const part of Body as AsyncIterable<Buffer>) parts.push(part);
    return Buffer.concat(parts);
  }

  async has(key: string): Promise<boolean> {
    try {
      await this.client.send(new HeadObjectCommand({ Bucket: this.bucket, Key: key }));
      return true;
    } catch (fault) {
      if (fault instanceof Error && fault.name === "NotFound") return false;
      throw fault;
    }
  }

  async remove(key: string): Promise<void> {
    await this.client.send(new DeleteObjectCommand({ Bucket: this.bucket, Key: key }));
  }

  async copy(from: string, to: string): Promise<void> {
    await this.client.send(new CopyObjectCommand({ Bucket: this.bucket, CopySource: `${this.bucket}/${from}`, Key: to }));
  }

  /** Gives the identity of a multipart upload. */
  async createMultipart(key: string): Promise<string> {
    const { UploadId } = await this.client.send(new CreateMultipartUploadCommand({ Bucket: this.bucket, Key: key }));
    if (UploadId === undefined) throw new Error(`${key}: no upload id`);
    return UploadId;
  }

  /** Parts are numbered from 1. */
  async putPart(key: string, uploadId: string, partNumber: number, body: Buffer): Promise<void> {
    await this.client.send(
      new UploadPartCommand({ Bucket: this.bucket, Key: key, UploadId: uploadId, PartNumber: partNumber, Body: body, ContentLength: body.length }),
    );
  }

  /** Makes one object of the parts; one that was made before is left as it is. */
  async completeMultipart(key: string, uploadId: string): Promise<void> {
    try {
      const MultipartUpload = { Parts: await this.parts(key, uploadId) };
      await this.client.send(new CompleteMultipartUploadCommand({ Bucket: this.bucket, Key: key, UploadId: uploadId, MultipartUpload }));
    } catch (fault) {
      if (!(fault instanceof Error && fault.name === "NoSuchUpload" && (await this.has(key)))) throw fault;
    }
  }

  private async parts(key: string, uploadId: string): Promise<Part[]> {
    const parts: Part[] = [];
    let marker: string | undefined;
    do {
      const page = await this.client.send(
        new ListPartsCommand({ Bucket: this.bucket, Key: key, UploadId: uploadId, ...(marker === undefined ? {} : { PartNumberMarker: marker }) }),
      );
      parts.push(...(page.Parts ?? []));
      marker = page.IsTruncated === true ? page.NextPartNumberMarker : undefined;
    } while (marker !== undefined);
    return parts;
  }
}

/** Whether S3 says that there is no such object. */
export function isMissing(fault: unknown): boolean {
  return fault instanceof Error && fault.name === "NoSuchKey";
}
