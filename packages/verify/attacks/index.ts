import { BOMBS } from "./bombs.ts";
import { ENDLESS } from "./endless.ts";
import { EQUAL } from "./equal.ts";
import { FORGE } from "./forge.ts";
import { LEAVE } from "./leave.ts";
import { PATCH } from "./patch.ts";
import { POISON } from "./poison.ts";
import { REACH } from "./reach.ts";
import { READ } from "./read.ts";
import { TIME } from "./time.ts";
import type { Attack } from "./types.ts";
import { WRITE } from "./write.ts";

/** Every hostile candidate, in the order of docs/reliability.md. */
export const ATTACKS: readonly Attack[] = [
  ...LEAVE,
  ...PATCH,
  ...EQUAL,
  ...READ,
  ...WRITE,
  ...FORGE,
  ...TIME,
  ...ENDLESS,
  ...BOMBS,
  ...REACH,
  ...POISON,
];
