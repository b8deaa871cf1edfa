import { createTwoFilesPatch } from "diff";
import type { ArchiveEntry } from "@pawl/core";
import { fileForms, listForms, textForms } from "../prompts/forms.ts";
import type { PromptForm, PromptPart } from "../prompts/prompt.ts";
import type { PromptTemplates } from "../prompts/templates.ts";
import type { Languages } from "../syntax/languages.ts";
import { analysisText, feedbackText, type FeedbackLevel } from "../feedback/self-debug.ts";
import { outcomeOf } from "./attempts.ts";
import type { Told } from "./parent-told.ts";
import type { ModelTask } from "./task.ts";

/** Everything one request's prompt is made of. */
export interface RequestPrompt {
  readonly templates: PromptTemplates;
  readonly languages: Languages;
  readonly task: ModelTask;
  /** How the answer has to look. */
  readonly format: string;
  readonly parent: ArchiveEntry;
  readonly isBase: boolean;
  /** Texts of the files that are shown, in the parent's tree and in the base's; all may change. */
  readonly files: Readonly<Record<string, string>>;
  readonly baseFiles: Readonly<Record<string, string>>;
  /** Other files that may change, by name. */
  readonly unseen: readonly string[];
  /** How much is told of the parent's failure; left out: names and messages of its tests. */
  readonly level?: FeedbackLevel;
  readonly told: Told;
  /** What became of other attempts from this parent. */
  readonly attempts: readonly string[];
  /** What the search has to say for this request: a hypothesis to follow, or what was learned from siblings. */
  readonly hint?: string;
}

const SUSPICIOUS_SHOWN = 10;
const SUSPICIOUS_SHARE = 0.5;
/** Files whose forms are at hand; they are the same for every request from one parent. */
const FORMS_AT_HAND = 64;

/** Parts of the prompt in the order they are read; priorities say what is shortened first. */
export class PromptWriter {
  readonly #forms = new Map<string, readonly PromptForm[]>();

  partsOf(prompt: RequestPrompt): PromptPart[] {
    const { templates, task, parent, isBase, files, baseFiles, unseen, attempts, hint, level, told } = prompt;
    const { failing, lessons = [], suspiciousness } = task;
    const parts: PromptPart[] = [
      part("system", 100, templates.render(task.system, { format: prompt.format }), { stable: true, required: true }),
    ];
    for (const [place, [path, text]] of Object.entries(files).entries())
      parts.push({
        name: path,
        priority: 80 - Math.min(place, 20),
        stable: text === baseFiles[path],
        required: place === 0,
        forms: this.#formsOf(prompt, path, text),
      });
    if (unseen.length > 0)
      parts.push({
        name: "other files",
        priority: 10,
        forms: listForms(unseen, (names) => `Other files, not shown:\n\n${names}`),
      });
    if (failing.length > 0) {
      const tests = failing.map(({ test, message = "" }) =>
        templates.render("failing-test", { name: test, message, source: "" }).trim(),
      );
      parts.push({
        name: "failing tests",
        priority: 90,
        stable: true,
        forms: listForms(tests, (shown) => templates.render("failing-tests", { tests: shown })),
      });
    }
    const lines = suspiciousLines(suspiciousness, baseFiles);
    if (lines.length > 0 && isBase)
      parts.push({
        name: "suspicious lines",
        priority: 50,
        stable: true,
        forms: listForms(lines, (shown) => templates.render("localisation", { lines: shown.replaceAll("\n\n", "\n") })),
      });
    if (lessons.length > 0)
      parts.push({
        name: "lessons",
        priority: 30,
        stable: true,
        forms: listForms(lessons, (shown) => templates.render("lessons", { lessons: shown })),
      });
    if (!isBase) {
      const outcome =
        told.material === null ? `It came to: ${outcomeOf(parent.verdict)}` : "What became of it is told below.";
      parts.push({
        name: "the last attempt",
        priority: 70,
        forms: textForms(changeOf(baseFiles, files), (change) => templates.render("feedback", { change, outcome })),
      });
    }
    // Of the base the failing tests are told above: here is what says more than they do.
    const { material, critiques } = told;
    const said =
      material === null || level === undefined
        ? ""
        : isBase
          ? analysisText(level, material)
          : feedbackText(level, material);
    if (said !== "")
      parts.push({
        name: "feedback",
        priority: 75,
        forms: textForms(said, (text) => templates.render("told", { told: text })),
      });
    if (critiques.length > 0)
      parts.push({
        name: "critiques",
        priority: 45,
        forms: listForms(critiques, (shown) => templates.render("critique", { critique: shown })),
      });
    if (attempts.length > 0)
      parts.push({
        name: "other attempts",
        priority: 40,
        forms: listForms(attempts, (shown) => templates.render("siblings", { attempts: shown })),
      });
    if (hint !== undefined)
      parts.push({
        name: "hint",
        priority: 60,
        forms: textForms(hint, (text) => templates.render("hint", { hint: text })),
      });
    parts.push(part("the question", 100, templates.render("ask", { task: task.goal }), { required: true }));
    return parts;
  }

  #formsOf({ templates, languages, task }: RequestPrompt, path: string, text: string): readonly PromptForm[] {
    const key = `${path}\0${text}`;
    const known = this.#forms.get(key);
    if (known !== undefined) return known;
    const language = path.slice(path.lastIndexOf(".") + 1);
    const forms = fileForms(languages, path, text, linesAbove(task.suspiciousness[path] ?? []), (code) =>
      templates.render("target", { path, rights: "may change", language, code }),
    );
    this.#forms.set(key, forms);
    const oldest = this.#forms.keys().next();
    if (this.#forms.size > FORMS_AT_HAND && oldest.done !== true) this.#forms.delete(oldest.value);
    return forms;
  }
}

function part(name: string, priority: number, text: string, more: Partial<PromptPart>): PromptPart {
  return { name, priority, forms: [{ extent: "whole", text }], ...more };
}

/** 1-based lines with at least half of the file's highest score. */
function linesAbove(scores: readonly number[]): number[] {
  const most = Math.max(0, ...scores);
  return scores.flatMap((score, i) => (most > 0 && score >= SUSPICIOUS_SHARE * most ? [i + 1] : []));
}

function suspiciousLines(
  suspiciousness: ModelTask["suspiciousness"],
  files: Readonly<Record<string, string>>,
): readonly string[] {
  return Object.entries(files)
    .flatMap(([path, text]) => {
      const lines = text.split("\n");
      return (suspiciousness[path] ?? []).map((score, i) => ({ path, line: i + 1, score, text: lines[i] ?? "" }));
    })
    .filter(({ score, text }) => score > 0 && text.trim() !== "")
    .toSorted((a, b) => b.score - a.score)
    .slice(0, SUSPICIOUS_SHOWN)
    .map(({ path, line, text }) => `${path}:${line}: ${text.trim()}`);
}

function changeOf(before: Readonly<Record<string, string>>, after: Readonly<Record<string, string>>): string {
  return Object.entries(after)
    .filter(([path, text]) => before[path] !== text)
    .map(([path, text]) =>
      createTwoFilesPatch(`a/${path}`, `b/${path}`, before[path] ?? "", text, "", "", { context: 3 })
        .replace(/^=+\n/, "")
        .trimEnd(),
    )
    .join("\n");
}
