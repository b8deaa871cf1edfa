/**
 * The function, `Class.method` or constant of the top level that a line belongs to, found by indentation; null
 * outside of all. It is enough for code that is formatted, as the repositories of this world are: the tests hold the
 * symbols in their data against it.
 */
export function symbolAt(path: string, lines: readonly string[], line: number): string | null {
  const [top, method] = path.endsWith(".py") ? [PYTHON_TOP, PYTHON_METHOD] : [SCRIPT_TOP, SCRIPT_METHOD];
  let inner: string | null = null;
  for (const text of lines.slice(0, line).toReversed()) {
    const outer = top.exec(text);
    if (outer !== null) {
      const isClass = outer[1] === "class";
      const name = outer[2] ?? null;
      return isClass && inner !== null ? `${name}.${inner}` : name;
    }
    inner ??= method.exec(text)?.[1] ?? null;
  }
  return null;
}

const PYTHON_TOP = /^(?:(class|def|async def) )?(\w+)(?:\s*[=:(]|$)/;
const PYTHON_METHOD = /^ {4}(?:async )?def (\w+)/;
const SCRIPT_TOP =
  /^(?:export )?(?:default )?(?:abstract )?(class|(?:async )?function\*?|const|let|interface|type) (\w+)/;
const SCRIPT_METHOD =
  /^ {2}(?:(?:static|async|get|set|private|protected|public|override|readonly) |\*)*(?!if\b|for\b|while\b|switch\b|return\b|super\b)(#?\w+)(?:<[^>]*>)?\(.*[{]$/;
