import { fileURLToPath } from "node:url";

/** Absolute folder of the scripts that run inside boxes. */
export const HARNESS = fileURLToPath(new URL("../harness", import.meta.url));
