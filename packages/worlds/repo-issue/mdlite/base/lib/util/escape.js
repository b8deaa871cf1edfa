const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

export function escapeHtml(text) {
  return text.replace(/[&<>"]/g, (character) => ENTITIES[character]);
}

/** Links with a scheme that runs code are not followed. */
export function safeUrl(url) {
  const scheme = /^\s*([a-z][a-z0-9+.-]*):/i.exec(url);
  if (scheme === null) return url;
  return ["http", "https", "mailto"].includes(scheme[1].toLowerCase()) ? url : "#";
}
