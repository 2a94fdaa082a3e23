import { z } from "zod";
import type { Blueprint } from "../../../blueprint/types";
import { rule, type Violation } from "../../rule";
import { fits } from "../../stack/documents";
import type { Item } from "../../stack/item";
import { permissions } from "../../stack/roles";
import type { Region, Stack } from "../../stack/stack";

const wallets: readonly string[] = ["wallet", "raw-data-item-wallet"];
const readers: readonly string[] = ["api", "worker"];
const reading = "secretsmanager:getsecretvalue";
const profileFacts = z.object({ role: z.string(), secrets: z.array(z.string()) });

export const walletReaders = rule({
  name: "wallet-readers",
  group: "security",
  description: "only API and worker hosts can read the wallets, and only processes on them are given one",
  why: "Whoever reads a wallet can spend it, and nothing that was signed can be taken back.",
  judge: (stack) => [
    ...stack.regions.flatMap((region) => [...givenTo(region), ...publishedTo(region)]),
    ...permittedTo(stack, new Set(stack.regions.flatMap(({ blueprint }) => roleNames(blueprint)))),
  ],
});

function fault({ urn }: Item, found: string): Violation {
  return {
    urn,
    promised: `the wallets are read by ${readers.join(" and ")} hosts only`,
    found,
    fix: "take the wallet from what it reads; only the application's own processes sign",
  };
}

/** By the blueprint: what each process is given. */
function givenTo({ blueprint, platform }: Region): Violation[] {
  return blueprint.processes
    .filter(({ role }) => !readers.includes(role))
    .filter(({ secretFiles, secretEnvironment }) =>
      [...secretFiles.map(({ from }) => from), ...Object.values(secretEnvironment)].some(({ secret }) => wallets.includes(secret)),
    )
    .map(({ name, role }) => fault(platform, `${name} on ${role} hosts is given one`));
}

/** By what the identity of each role's hosts says that it reads. */
function publishedTo(region: Region): Violation[] {
  return region.ofType("ha:host:Profile").flatMap((profile) => {
    const { role, secrets } = profileFacts.parse(profile.data.properties);
    return readers.includes(role) ? [] : secrets.filter((secret) => wallets.includes(secret)).map((secret) => fault(profile, `${role} hosts read ${secret}`));
  });
}

/** By every policy of the stack whose ARNs are known. */
function permittedTo(stack: Stack, allowed: ReadonlySet<string>): Violation[] {
  const arns = stack
    .ofType("aws:secretsmanager/secret:Secret")
    .filter((secret) => wallets.some((wallet) => secret.text("name").endsWith(`/${wallet}`)) && secret.knows("arn"))
    .flatMap((secret) => stack.regions.map(({ blueprint }) => inRegion(secret.text("arn"), blueprint.region)));
  return permissions(stack)
    .filter(
      ({ actions, resources }) =>
        actions.some((action) => fits(action.toLowerCase(), reading)) && arns.some((arn) => resources?.some((one) => fits(one, arn)) === true),
    )
    .filter(({ item }) => !allowed.has(roleOf(item)))
    .map(({ item }) => fault(item, `${roleOf(item)} may read one`));
}

/** A copy of a secret differs by its region only. */
function inRegion(arn: string, region: string): string {
  return arn.split(":").with(3, region).join(":");
}

function roleNames({ names }: Blueprint): string[] {
  return readers.map((role) => `${names.prefix}-${role}`);
}

/** The name of the role that a policy is of; the policy's own where it is attached elsewhere. */
function roleOf(item: Item): string {
  return item.has("role") && item.knows("role") ? item.text("role") : item.name;
}
