import type { Container } from "../hosts/container";
import type { Certified } from "../hosts/outside/authority";

/** A database of a kind that AWS would run: how one of its two servers is made, and takes the other's place. */
export interface Engine {
  /** Puts a server's files on its disk. */
  prepare: (server: Container, certified: Certified, authority: string) => void;
  /** Starts a server that is off as a new and empty writer. */
  startFirst: (server: Container) => Promise<void>;
  /** Starts a server that is off as another's copy, its own data thrown away. */
  startCopy: (server: Container, writer: Container) => Promise<void>;
  /** What keeps the copy from holding everything that the writer acknowledges; undefined when it does. */
  missing: (writer: Container, copy: Container) => Promise<string | undefined>;
  /** The copy of a lost writer takes writes. */
  promote: (copy: Container) => Promise<void>;
  /** The copy takes writes once it has everything, and the writer, which stays alive, takes no more. */
  handOver: (writer: Container, copy: Container) => Promise<void>;
}

/** Where a server's files are. */
export const directory = "/etc/managed";
