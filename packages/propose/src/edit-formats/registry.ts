import type { Languages } from "../syntax/languages.ts";
import type { EditFormat } from "./edit-format.ts";
import { searchReplace } from "./search-replace.ts";
import { wholeFile } from "./whole-file.ts";

/** Every edit format, by id. */
export function editFormats(languages: Languages): ReadonlyMap<EditFormat["id"], EditFormat> {
  return new Map([searchReplace, wholeFile(languages)].map((format) => [format.id, format]));
}
