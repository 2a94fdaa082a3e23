import type { RedisInstance } from "../../blueprint/types";

/** What an application's client may do: everything but commands that administer or endanger the server, save those that BullMQ, ioredis and the proxy's health check send. */
const clientCommands = "+@all -@admin -@dangerous +info +client|list";

/** What Redis needs from the user with which a replica follows its master. */
const replicaCommands = "+psync +replconf +ping";

/** What Sentinel sends to the instances that it watches. */
const sentinelCommands = "+multi +exec +ping +subscribe +publish +slaveof +replicaof +config|rewrite +role +info +client|setname +client|kill +script|kill";

/** Template of an instance's users. Passwords are in it only as SHA-256, and are filled in on the host. */
export function usersAcl(instance: RedisInstance["name"]): string {
  // The application's queue clients cannot send a password; the proxy's certificate stands for them.
  const secret = instance === "queues" ? "nopass" : "#@cache:sha256@";
  const lines = [
    `user default on ${secret} ~* &* ${clientCommands}`,
    `user replica on #@replica:sha256@ -@all ${replicaCommands}`,
    `user sentinel on #@sentinel:sha256@ allchannels -@all ${sentinelCommands}`,
  ];
  return `${lines.join("\n")}\n`;
}
