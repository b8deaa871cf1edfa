/** The segments of a path, without the empty ones that doubled or trailing slashes leave. */
export function tokenize(path) {
  return path.split('/').filter((part) => part !== '');
}

/** Decodes %xx; a text that is not valid stays as it is. */
export function decodeSegment(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
