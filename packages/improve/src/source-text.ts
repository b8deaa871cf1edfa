import { readFileSync } from "node:fs";
import { join } from "node:path";
import { UsageError } from "@pawl/core";

/**
 * Text of a file to be edited. A file in another encoding than UTF-8 is refused: read as UTF-8 and written back, the bytes that are none
 * would be lost.
 */
export function sourceText(base: string, path: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(readFileSync(join(base, path)));
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new UsageError({
      what: "the file is not encoded in UTF-8",
      where: path,
      todo: "Convert it (`iconv -t UTF-8`), or leave it out by naming the files to work on.",
      cause: error,
    });
  }
}
