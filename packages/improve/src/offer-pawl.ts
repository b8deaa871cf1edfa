import { registerHooks } from "node:module";

/** What the package `pawl` exports is what this room exports. */
const OWN = new URL(import.meta.url.endsWith(".ts") ? "./index.ts" : "./index.js", import.meta.url).href;

/**
 * Loads a module in which `import … from "pawl"` finds the Pawl that is running: with a `pawl` on the PATH the package is not below the
 * project. Where it is, that one counts.
 */
export async function importOfferingPawl(url: string): Promise<unknown> {
  const hooks = registerHooks({
    resolve: (specifier, context, next) => {
      if (specifier !== "pawl") return next(specifier, context);
      try {
        return next(specifier, context);
      } catch {
        return { url: OWN, shortCircuit: true };
      }
    },
  });
  try {
    return await import(url);
  } finally {
    hooks.deregister();
  }
}
