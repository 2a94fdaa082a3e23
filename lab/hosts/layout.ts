import { join } from "node:path";

/** Where the lab's hosts lie on this machine, below the lab's home. */
export class Layout {
  public constructor(public readonly directory: string) {}

  public static of(home: string): Layout {
    return new Layout(join(home, "platform"));
  }

  /** The platform as plain data, with the values of its secrets: readable by root only. */
  public get platform(): string {
    return join(this.directory, "platform.json");
  }

  /** What the lab adds to a Debian: its authority, the metadata service as a source of user data. */
  public get image(): string {
    return join(this.directory, "image");
  }

  public get outside(): string {
    return join(this.directory, "outside");
  }

  /** Root disks of the hosts, and what is kept of each while it runs. */
  public get hosts(): string {
    return join(this.directory, "hosts");
  }

  public host(name: string): { directory: string; upper: string; work: string; root: string; console: string; process: string } {
    const directory = join(this.hosts, name);
    return {
      directory,
      upper: join(directory, "upper"),
      work: join(directory, "work"),
      root: join(directory, "root"),
      console: join(directory, "console.log"),
      process: join(directory, "process"),
    };
  }

  /** A volume: a file as large as the volume, of which only what was written takes space. */
  public volume(id: string): string {
    return join(this.directory, "volumes", id);
  }
}
