import type { EditContext, EditFormat } from "./edit-format.ts";
import { fenceOf } from "./fences.ts";

/** For `ModelRequest.enough`: ends an answer after the line with which it is complete; undefined where a format cannot tell. */
export function untilComplete(format: EditFormat, context: EditContext): ((text: string) => boolean) | undefined {
  if (format.isComplete === undefined) return undefined;
  let length = 0;
  let from = 0;
  return (text) => {
    // Shorter than before: another attempt begins.
    if (text.length < length) from = 0;
    length = text.length;
    const end = text.lastIndexOf("\n") + 1;
    const lines = text.slice(from, end).split("\n");
    from = Math.max(from, end);
    // The whole of it is read only when a block may have been closed.
    return (
      lines.some((line) => fenceOf(line)?.info === "") && format.isComplete?.(text.slice(0, end), context) === true
    );
  };
}
