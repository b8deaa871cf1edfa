/** A text that is HTML already. */
export class Safe {
  constructor(text) {
    this.text = text;
  }

  toString() {
    return this.text;
  }
}

const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** A value as HTML; nothing is an empty text. */
export function escape(value) {
  if (value instanceof Safe) return value.text;
  if (value === null || value === undefined) return "";
  return String(value).replace(/[&<>"']/g, (sign) => ENTITIES[sign]);
}

export const htmlFilters = {
  safe: (value) => new Safe(String(value ?? "")),
  escape: (value) => new Safe(escape(value)),
  nl2br: (value) => new Safe(escape(value).replaceAll("\n", "<br>\n")),
};
