/** The package `pawl` as a library, and what `pawl.config.ts` imports. */
export * from "@pawl/improve";
