import { registerHooks } from "node:module";

/** With `npx pawl` the package is not below the project: `import … from "pawl"` in its configuration finds the one that is running. */
export function offerPawl(): void {
  const own = new URL(import.meta.url.endsWith(".ts") ? "./index.ts" : "./index.js", import.meta.url).href;
  registerHooks({
    resolve: (specifier, context, next) => {
      if (specifier !== "pawl") return next(specifier, context);
      try {
        return next(specifier, context);
      } catch {
        return { url: own, shortCircuit: true };
      }
    },
  });
}
