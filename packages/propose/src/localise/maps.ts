import type { Definition } from "./definition.ts";

/** The tree of the files, folders first named, each level indented by two spaces. */
export function repoMap(paths: readonly string[]): string {
  const lines: string[] = [];
  let open: readonly string[] = [];
  for (const path of paths.toSorted(byFolder)) {
    const folders = path.split("/").slice(0, -1);
    const shared = folders.findIndex((folder, i) => open[i] !== folder);
    const from = shared === -1 ? folders.length : shared;
    for (let depth = from; depth < folders.length; depth++)
      lines.push(`${"  ".repeat(depth)}${folders[depth] as string}/`);
    open = folders;
    lines.push(`${"  ".repeat(folders.length)}${path.slice(path.lastIndexOf("/") + 1)}`);
  }
  return lines.join("\n");
}

/** Folder by folder, so that none is named twice. */
function byFolder(a: string, b: string): number {
  const [one, other] = [a.split("/"), b.split("/")];
  for (let i = 0; i < Math.min(one.length, other.length); i++) {
    const [x, y] = [one[i] as string, other[i] as string];
    const [xFile, yFile] = [i === one.length - 1, i === other.length - 1];
    if (xFile !== yFile) return xFile ? -1 : 1;
    if (x !== y) return x < y ? -1 : 1;
  }
  return one.length - other.length;
}

/** Decorators and signatures of classes, their members and functions, as a file's table of contents: no bodies. */
export function schematicMap(definitions: readonly Definition[]): string {
  return definitions
    .flatMap(({ decorators, signature, owner, line }) => {
      const indent = owner === null ? "" : "  ";
      return [...decorators, `${signature}  [line ${line}]`].map((text) => indent + text);
    })
    .join("\n");
}
