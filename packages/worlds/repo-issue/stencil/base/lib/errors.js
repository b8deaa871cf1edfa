export class TemplateError extends Error {
  name = "TemplateError";

  constructor(message, { template, line } = {}) {
    super(template === undefined ? message : `${template}:${line}: ${message}`);
    this.template = template;
    this.line = line;
  }
}
