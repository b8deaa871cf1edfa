import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { UsageError } from "@pawl/core";

/** A text with `{{placeholders}}`. */
export interface PromptTemplate {
  readonly id: string;
  readonly version: string;
  readonly text: string;
  readonly placeholders: readonly string[];
  /** "pawl", or the file of the user that takes its place. */
  readonly from: string;
}

const FOLDER = fileURLToPath(new URL("../../data/prompts", import.meta.url));
const FILE = /^([a-z][a-z-]*)\.v(\d+)\.md$/;
const OWN_FILE = /^([a-z][a-z-]*)(?:\.v([\w-]+))?\.md$/;
const PLACEHOLDER = /\{\{\s*([a-z][A-Za-z]*)\s*\}\}/g;

/** The templates a prompt is made of. */
export class PromptTemplates {
  readonly #byId: ReadonlyMap<string, PromptTemplate>;

  private constructor(byId: ReadonlyMap<string, PromptTemplate>) {
    this.#byId = byId;
  }

  /**
   * Pawl's own templates, each in its newest version. Files of the same name in `folder` take their place (`target.md`, or with a version of their
   * own `target.v2b.md`). Throws a UsageError for a file that replaces nothing and for a placeholder that is not known.
   */
  static load(folder?: string): PromptTemplates {
    const byId = new Map<string, PromptTemplate>();
    for (const name of readdirSync(FOLDER).toSorted()) {
      const [, id, version] = FILE.exec(name) ?? [];
      if (id === undefined || version === undefined) continue;
      if (Number(byId.get(id)?.version ?? 0) < Number(version))
        byId.set(id, read(join(FOLDER, name), id, version, "pawl"));
    }
    if (folder !== undefined) for (const own of ownTemplates(folder, byId)) byId.set(own.id, own);
    return new PromptTemplates(byId);
  }

  get all(): readonly PromptTemplate[] {
    return [...this.#byId.values()];
  }

  /** Names and versions in one line, to be recorded beside what was made with them. */
  get versions(): string {
    return this.all.map(({ id, version, from }) => `${id}@${version}${from === "pawl" ? "" : "*"}`).join(" ");
  }

  /** The text with its placeholders filled in. Values are not searched for placeholders. Throws a RangeError for values that do not fit. */
  render(id: string, values: Readonly<Record<string, string>> = {}): string {
    const template = this.#byId.get(id);
    if (template === undefined) throw new RangeError(`there is no prompt template '${id}'`);
    return template.text.replaceAll(PLACEHOLDER, (_, name: string) => {
      const value = values[name];
      if (value === undefined) throw new RangeError(`the prompt template '${id}' needs a value for '${name}'`);
      return value;
    });
  }
}

function read(file: string, id: string, version: string, from: string): PromptTemplate {
  const text = readFileSync(file, "utf8").replaceAll("\r\n", "\n");
  const placeholders = [...new Set([...text.matchAll(PLACEHOLDER)].map((match) => match[1] as string))];
  return { id, version, text, placeholders, from };
}

function ownTemplates(folder: string, known: ReadonlyMap<string, PromptTemplate>): PromptTemplate[] {
  if (!existsSync(folder))
    throw new UsageError({
      what: "the folder with prompt templates does not exist",
      where: folder,
      todo: "Correct the path, or leave the setting out to use Pawl's own templates.",
    });
  const seen = new Map<string, string>();
  return readdirSync(folder)
    .filter((name) => name.endsWith(".md"))
    .toSorted()
    .map((name) => {
      const file = join(folder, name);
      const [, id = name, version = "own"] = OWN_FILE.exec(name) ?? [];
      const replaced = known.get(id);
      if (replaced === undefined)
        throw new UsageError({
          what: "this prompt template replaces none of Pawl's",
          where: file,
          todo: `Name it after one of them: ${[...known.keys()].map((each) => `${each}.md`).join(", ")}.`,
        });
      const twin = seen.get(id);
      if (twin !== undefined)
        throw new UsageError({
          what: `two files replace the prompt template '${id}'`,
          where: `${twin}, ${file}`,
          todo: "Keep one of them.",
        });
      seen.set(id, file);
      const template = read(file, id, version, file);
      const unknown = template.placeholders.filter((each) => !replaced.placeholders.includes(each));
      if (unknown.length > 0)
        throw new UsageError({
          what: `unknown placeholder ${unknown.map((each) => `{{${each}}}`).join(", ")}`,
          where: file,
          todo:
            replaced.placeholders.length === 0
              ? "This template has no placeholders."
              : `Use ${replaced.placeholders.map((each) => `{{${each}}}`).join(", ")}.`,
        });
      const stray = /\{\{[^}]*\}\}/.exec(template.text.replaceAll(PLACEHOLDER, ""));
      if (stray !== null)
        throw new UsageError({
          what: `'${stray[0]}' is no placeholder`,
          where: file,
          todo: "Write {{name}}, with letters only.",
        });
      return template;
    });
}
