const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

export function escapeHtml(text) {
  return text.replace(/[&<>]/g, (ch) => ENTITIES[ch]);
}

/** Code spans, strong and emphasised text. */
export function inline(text) {
  return escapeHtml(text)
    .replace(/`([^`]+)`/g, '<code>$1</code>')
    .replace(/\*\*([^*]+)\*\*/g, '<strong>$1</strong>')
    .replace(/\*([^*]+)\*/g, '<em>$1</em>');
}
