/** Directives of one section. A list repeats the directive; an empty string resets what the distribution's unit sets. */
export type UnitSection = Readonly<Record<string, string | readonly string[]>>;

/** What a service of ours may do: read, and write where its unit says. */
export const confined = { NoNewPrivileges: "yes", ProtectSystem: "strict", ProtectHome: "yes", PrivateTmp: "yes" } as const;

/** Renders a systemd unit or drop-in. Section and directive order is the object's own. */
export function unitFile(sections: Readonly<Record<string, UnitSection>>): string {
  const blocks = Object.entries(sections).map(([name, directives]) => {
    const lines = Object.entries(directives).flatMap(([directive, value]) => (typeof value === "string" ? [value] : value).map((one) => `${directive}=${one}`));
    return [`[${name}]`, ...lines].join("\n");
  });
  return `${blocks.join("\n\n")}\n`;
}
