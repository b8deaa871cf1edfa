import { createHash } from 'node:crypto';
import { parseList } from '../http/headers.js';

/** Adds an entity tag to GET responses and answers 304 when the client has it. */
export function etag() {
  return async (context, next) => {
    const response = await next();
    if (context.request.method !== 'GET' || response.status !== 200) return response;
    const tag = `"${createHash('sha1').update(response.body).digest('hex').slice(0, 12)}"`;
    const known = parseList(context.request.headers?.['if-none-match']);
    const headers = { ...response.headers, etag: tag };
    if (known.includes(tag) || known.includes('*')) return { status: 304, headers, body: '' };
    return { ...response, headers };
  };
}
