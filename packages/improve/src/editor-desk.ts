import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { EXIT, PawlError } from "@pawl/core";
import type { PersonDesk } from "@pawl/propose";

const MOST_OPENED = 5;

/**
 * Lets a person edit a copy of the files in an editor: the shell command in VISUAL or EDITOR. The editor has the terminal for itself until it
 * ends. A copy that is left as it was pauses the run.
 */
export function editorDesk(editor: string, say: (text: string) => void): PersonDesk {
  return {
    async next({ text, files, refused }) {
      say(refused === null ? text : `Not taken: ${refused}`);
      const folder = mkdtempSync(join(tmpdir(), "pawl-edit-"));
      try {
        for (const [path, content] of Object.entries(files)) {
          mkdirSync(dirname(join(folder, path)), { recursive: true });
          writeFileSync(join(folder, path), content);
        }
        const opened = Object.keys(files).slice(0, MOST_OPENED);
        const { status } = spawnSync("sh", ["-c", `${editor} "$@"`, "sh", ...opened], {
          cwd: folder,
          stdio: "inherit",
        });
        const changed = Object.keys(files).flatMap((path) => {
          const now = readFileSync(join(folder, path), "utf8");
          return now === files[path] ? [] : [[path, now] as const];
        });
        if (status === 0 && changed.length > 0) return Object.fromEntries(changed);
        throw new PawlError({
          what: status === 0 ? "nothing was changed in the editor" : `the editor ended with code ${status}`,
          where: editor,
          todo: "The state is saved. Go on with `pawl resume`.",
          exitCode: EXIT.interrupted,
        });
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  };
}
