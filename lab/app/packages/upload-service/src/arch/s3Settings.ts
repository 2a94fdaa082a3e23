/** What the environment says about the object store. */
export interface S3Settings {
  region: string;
  endpoint?: string;
  forcePathStyle?: boolean;
  credentials?: { accessKeyId: string; secretAccessKey: string; sessionToken?: string };
  maxSockets: number;
  retryAttempts: number;
  retryBaseMilliseconds: number;
}

/** Credentials are given only when both keys are defined, and an empty one is: otherwise the SDK finds the host's role. */
export function s3Settings(environment: NodeJS.ProcessEnv = process.env): S3Settings {
  const endpoint = environment["S3_ENDPOINT"];
  const pathStyle = environment["S3_FORCE_PATH_STYLE"];
  const [accessKeyId, secretAccessKey, sessionToken] = ["S3_ACCESS_KEY_ID", "S3_SECRET_ACCESS_KEY", "S3_SESSION_TOKEN"].map((name) => environment[name]);
  return {
    region: environment["S3_REGION"] ?? "us-east-1",
    ...(endpoint === undefined || endpoint === "" ? {} : { endpoint }),
    ...(pathStyle === undefined ? {} : { forcePathStyle: pathStyle === "true" }),
    ...(accessKeyId === undefined || secretAccessKey === undefined
      ? {}
      : { credentials: { accessKeyId, secretAccessKey, ...(sessionToken === undefined || sessionToken === "" ? {} : { sessionToken }) } }),
    maxSockets: Number(environment["S3_MAX_SOCKETS"] ?? 256),
    retryAttempts: Number(environment["S3_RETRY_MAX_ATTEMPTS"] ?? 5),
    retryBaseMilliseconds: Number(environment["S3_RETRY_BASE_DELAY_MS"] ?? 100),
  };
}
