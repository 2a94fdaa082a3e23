import { mustBe } from "../../mustBe";
import { rule } from "../../rule";

export const keyRotated = rule({
  name: "key-rotated",
  group: "security",
  description: "every key of the stack is enabled and made anew each year by itself",
  why: "A key that is switched off stops every disk, database and secret at once; one that never changes is worth stealing.",
  judge: (stack) => stack.ofType("aws:kms/key:Key").flatMap((key) => [...mustBe(key, "isEnabled", true), ...mustBe(key, "enableKeyRotation", true)]),
});
