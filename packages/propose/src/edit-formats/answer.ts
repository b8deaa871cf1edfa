import type { EditContext, EditFormat, EditProblem, ParsedEdits } from "./edit-format.ts";
import { Draft } from "./draft.ts";
import { resolvePath } from "./paths.ts";

export type Answer = Parameters<EditFormat["parse"]>[0];

/** Collects what an answer means: drafts of the files it edits, notes and problems. */
export class Reading {
  readonly context: EditContext;
  /** True when the model was stopped in the middle, so that what has no end may be incomplete. */
  readonly cut: boolean;
  /** Something that has the form of an edit was seen, applied or not. */
  attempted = false;
  readonly #drafts = new Map<string, Draft>();
  readonly #notes = new Set<string>();
  readonly #problems: EditProblem[] = [];
  readonly #explanation: string[] = [];

  constructor(answer: Answer, context: EditContext) {
    this.context = context;
    this.cut = answer.finish === "length" || answer.finish === "cut";
  }

  note(text: string): void {
    this.#notes.add(text);
  }

  problem(path: string | null, reason: string): void {
    this.attempted = true;
    if (!this.#problems.some((each) => each.path === path && each.reason === reason))
      this.#problems.push({ path, reason });
  }

  explain(lines: readonly string[]): void {
    const text = lines.join("\n").trim();
    if (text !== "") this.#explanation.push(text);
  }

  /** The draft of the file that a path in the answer means; null, with a problem, when it may not be edited. */
  open(written: string): Draft | null {
    this.attempted = true;
    const { editable, files } = this.context;
    const resolved = resolvePath(written, this.context);
    const may = editable.length === 0 ? "nothing may change" : `may change: ${editable.join(", ")}`;
    if ("unknown" in resolved) {
      this.problem(resolved.unknown, `there is no file '${resolved.unknown}' to edit; ${may}`);
      return null;
    }
    if (resolved.note !== undefined) this.note(resolved.note);
    const { path } = resolved;
    if (!editable.includes(path)) {
      this.problem(path, `${path} may not be changed; ${may}`);
      return null;
    }
    const text = Object.hasOwn(files, path) ? files[path] : undefined;
    if (text === undefined) {
      this.problem(
        path,
        `${path} was not shown, so it cannot be edited; ask for another file or edit one of: ${Object.keys(files).join(", ")}`,
      );
      return null;
    }
    const draft = this.#drafts.get(path) ?? new Draft(path, text);
    this.#drafts.set(path, draft);
    return draft;
  }

  /** The only file that may be edited, or the one the question was about; null when there are several. */
  get onlyPath(): string | null {
    const shown = this.context.editable.filter((path) => Object.hasOwn(this.context.files, path));
    return shown.length === 1 ? (shown[0] as string) : null;
  }

  /** Texts as they are now of all files that may be edited. */
  currentLines(path: string): readonly string[] {
    return (this.#drafts.get(path) ?? new Draft(path, this.context.files[path] ?? "")).lines;
  }

  get editablePaths(): readonly string[] {
    return this.context.editable.filter((path) => Object.hasOwn(this.context.files, path));
  }

  finish(): ParsedEdits {
    const edits: [string, ReturnType<Draft["edits"]>][] = [];
    for (const draft of this.#drafts.values()) {
      const own = draft.edits();
      if (own.length > 0) edits.push([draft.path, own]);
      else if (!this.#problems.some(({ path }) => path === draft.path))
        this.problem(draft.path, `the answer leaves ${draft.path} as it is`);
    }
    if (edits.length === 0 && this.#problems.length === 0)
      this.problem(null, this.cut ? "the answer ended before it held an edit" : "the answer holds no edit");
    return {
      edits: Object.fromEntries(edits.toSorted(([a], [b]) => (a < b ? -1 : 1))),
      notes: [...this.#notes],
      problems: this.#problems,
      explanation: this.#explanation.join("\n\n"),
    };
  }
}

/** The lines of an answer, line breaks of any kind, without what a model thought aloud. */
export function answerLines(text: string, reading: Reading): string[] {
  let body = text.replace(/^\uFEFF/, "");
  if (body.includes("\r")) {
    body = body.replaceAll(/\r\n?/g, "\n");
    reading.note("the answer has Windows line breaks");
  }
  const thought = /^\s*<(think|thinking|reasoning)>([\s\S]*?)(?:<\/\1>|$)/.exec(body);
  if (thought !== null) {
    reading.explain([thought[2] as string]);
    body = body.slice(thought[0].length);
  }
  return body.split("\n");
}
