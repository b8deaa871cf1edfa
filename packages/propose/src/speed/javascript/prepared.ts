import type { Node } from "../../syntax/javascript/ast.ts";
import type { SourceFile } from "../../syntax/javascript/source-file.ts";
import { replace } from "../../syntax/javascript/text-edits.ts";
import { edit, type SpeedEdit } from "../operator.ts";
import { before, invariantRegions } from "./site.ts";

/** A statement before a region where the expressions do not change, and something in the place of the node. */
export function* prepared(
  file: SourceFile,
  node: Node,
  constant: readonly Node[],
  lines: readonly string[],
  text: string,
  weight = 1,
): Generator<SpeedEdit> {
  for (const [rank, region] of invariantRegions(file, constant, node).entries()) {
    const setUp = before(file, region, lines);
    if (setUp !== null) yield* edit([...setUp, ...replace(node, text)], weight / (1 + rank));
  }
}
