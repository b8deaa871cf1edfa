import type { RecalledLesson } from "./lesson.ts";

const MOST_CHARACTERS = 3000;

/** Lessons as text for a model's prompt: whole ones only, the nearest first, within that many characters. */
export function lessonTexts(lessons: readonly RecalledLesson[], mostCharacters = MOST_CHARACTERS): readonly string[] {
  const texts: string[] = [];
  let room = mostCharacters;
  for (const lesson of lessons) {
    const text = textOf(lesson);
    if (text.length > room) continue;
    room -= text.length;
    texts.push(text);
  }
  return texts;
}

function textOf({ symptom, failed, repair, patch, summary }: RecalledLesson): string {
  const kinds = failed.map(({ operator, times }) => `${operator} (${times} times)`).join(", ");
  return [
    `An earlier failure: ${symptom[0] ?? "no message"}`,
    ...(kinds === "" ? [] : [`What did not help: ${kinds}`]),
    repair.length === 0 && patch === ""
      ? "Nothing that was tried repaired it."
      : `What repaired it: ${summary}\n${patch}`.trimEnd(),
  ].join("\n");
}
