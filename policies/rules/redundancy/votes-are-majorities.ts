import { rule } from "../../rule";
import { hostsOf, onOwnHosts } from "../../stack/placement";

/** Who votes, and where the blueprint says how many votes decide. */
const votes = [
  { who: "Sentinels", path: "blueprint.redis.sentinel.quorum" },
  { who: "witnesses", path: "blueprint.database.witness.quorum" },
] as const;

export const votesAreMajorities = rule({
  name: "votes-are-majorities",
  group: "redundancy",
  description: "Sentinels and witnesses decide by a majority of themselves",
  why: "Fewer votes let the smaller side of a cut network depose a primary that works; more than a majority are not there when a zone is lost.",
  judge: (stack) =>
    onOwnHosts(stack).flatMap((region) => {
      const members = hostsOf(region, "redis").length;
      const majority = Math.floor(members / 2) + 1;
      return votes
        .map(({ who, path }) => ({ who, found: region.platform.number(path) }))
        .filter(({ found }) => found !== majority)
        .map(({ who, found }) => ({
          urn: region.platform.urn,
          promised: `${String(majority)} of ${String(members)} ${who} decide`,
          found: String(found),
          fix: "let the program compute it from the number of hosts",
        }));
    }),
});
