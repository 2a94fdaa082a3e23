import { parseSettings, SettingsFault } from "../../config/settings";

/** What a config is refused with: the message and its lines after the heading. Throws when it is accepted. */
export function faultsOf(config: Record<string, unknown>, stack = "level1"): { message: string; lines: string[] } {
  try {
    parseSettings(config, stack);
  } catch (error) {
    if (error instanceof SettingsFault) return { message: error.message, lines: error.message.split("\n").slice(1) };
    throw error;
  }
  throw new Error("the config was accepted");
}
