export function normal(path) {
  const kept = [];
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part === ".." && kept.length > 0) kept.pop();
    else kept.push(part);
  }
  const joined = kept.join("/");
  return path.startsWith("/") ? "/" + joined : joined;
}

export const calls = [["a/b"], ["/a/../b"], ["a//b/."], ["../a"], [""], ["/"], ["a/b/../../c"], ["/x/./y"]];
