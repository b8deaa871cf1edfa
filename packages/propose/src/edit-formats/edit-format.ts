import type { TextEdit } from "@pawl/core";
import type { ModelAnswer, ModelTool } from "../model/model.ts";

/** What an answer may refer to. */
export interface EditContext {
  /** Texts of the files the model was shown, by project-relative path. */
  readonly files: Readonly<Record<string, string>>;
  /** Paths that may change; an edit elsewhere is a problem, never applied. */
  readonly editable: readonly string[];
  /** The function that was asked about, when one was. */
  readonly focus?: { readonly path: string; readonly name: string };
}

/** Why a part of an answer could not be applied, in words its author can act on. */
export interface EditProblem {
  readonly path: string | null;
  readonly reason: string;
}

/** What an answer means. Nothing is dropped without a note or a problem. */
export interface ParsedEdits {
  /** By path; ascending, not overlapping, offsets in the text of `EditContext.files`. Without entries when nothing could be applied. */
  readonly edits: Readonly<Record<string, readonly TextEdit[]>>;
  /** What was read with tolerance: a fence left open, other indentation, CRLF … */
  readonly notes: readonly string[];
  readonly problems: readonly EditProblem[];
  /** What the model said besides the edits. */
  readonly explanation: string;
}

/** One way to write an edit down. */
export interface EditFormat {
  readonly id: "search-replace" | "whole-file" | "whole-function" | "unified-diff" | "tool-calls";
  /** For the prompt: how the answer has to look. */
  readonly instructions: string;
  readonly tools?: readonly ModelTool[];
  /**
   * Of an answer so far: whether nothing that follows could be another edit, so that the stream may end here. Left out by formats in which one more
   * edit may always follow.
   */
  isComplete?(text: string, context: EditContext): boolean;
  parse(answer: Pick<ModelAnswer, "text" | "toolCalls" | "finish">, context: EditContext): ParsedEdits;
}
