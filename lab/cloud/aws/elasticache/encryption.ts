import { isOn, textAt, type Properties } from "../../properties";
import { Refusal } from "../fault";

/** Characters of a token (ElastiCache user guide, "Authenticating with the AUTH command"). */
const TOKEN = { shortest: 16, longest: 128 };

/** Rule of a token, as the real provider has it; ElastiCache itself allows fewer symbols. */
export function isAuthToken(token: string): string | undefined {
  if (token.length < TOKEN.shortest || token.length > TOKEN.longest)
    return `expected ${String(TOKEN.shortest)} to ${String(TOKEN.longest)} characters, got ${String(token.length)}`;
  return /^[^@"/ ]+$/.test(token) ? undefined : 'only alphanumeric characters or symbols (excluding @, ", and /) are allowed';
}

/** Refuses tokens and keys of a group that is not encrypted. */
export function checkEncryption(settings: Properties, inTransit: boolean): void {
  const refuse = (message: string): never => {
    throw new Refusal("InvalidParameterCombination", message);
  };
  const token = textAt(settings, "authToken");
  if (!inTransit && token !== undefined) refuse("AuthToken can only be set when TransitEncryptionEnabled is true.");
  if (token !== undefined && !/^[A-Za-z0-9!&#$^<>-]+$/.test(token))
    throw new Refusal("InvalidParameterValue", "Invalid AuthToken provided: besides letters and digits only !, &, #, $, ^, <, > and - are allowed.");
  if (!isOn(settings, "atRestEncryptionEnabled") && settings["kmsKeyId"] !== undefined)
    refuse("A KMS key can only be set when AtRestEncryptionEnabled is true.");
}

/** Refuses what skips a step: encryption of an existing group comes in two, so that clients can follow. */
export function checkTransitChange(before: Properties, after: Properties): void {
  const [was, is] = [isOn(before, "transitEncryptionEnabled"), isOn(after, "transitEncryptionEnabled")];
  const refuse = (message: string): never => {
    throw new Refusal("InvalidParameterCombination", message);
  };
  if (!was && is && after["transitEncryptionMode"] !== "preferred")
    refuse("TransitEncryptionMode must first be preferred when encryption is enabled on an existing replication group.");
  if (was && !is && before["transitEncryptionMode"] !== "preferred")
    refuse("TransitEncryptionMode must first be preferred before encryption of an existing replication group is disabled.");
}
