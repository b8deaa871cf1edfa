import { compilePattern } from './pattern/compile.js';
import { matchPattern } from './pattern/match.js';
import { compareRoutes } from './pattern/rank.js';
import { compose } from './middleware/compose.js';
import { parseQuery } from './http/query.js';
import { splitUrl } from './http/url.js';

export class Router {
  #routes = [];
  #middleware = [];

  use(handler) {
    this.#middleware.push(handler);
    return this;
  }

  add(method, pattern, handler) {
    const route = { method: method.toUpperCase(), pattern: compilePattern(pattern), handler };
    this.#routes.push(route);
    this.#routes.sort((a, b) => compareRoutes(a.pattern, b.pattern));
    return this;
  }

  get(pattern, handler) {
    return this.add('GET', pattern, handler);
  }

  post(pattern, handler) {
    return this.add('POST', pattern, handler);
  }

  /** Everything of another router, below a prefix. */
  mount(prefix, other) {
    const base = prefix.endsWith('/') ? prefix.slice(0, -1) : prefix;
    for (const { method, pattern, handler } of other.#routes) {
      this.add(method, base + pattern.source, compose([...other.#middleware, handler]));
    }
    return this;
  }

  find(method, path) {
    const allowed = new Set();
    for (const route of this.#routes) {
      const params = matchPattern(route.pattern, path);
      if (params === null) continue;
      if (route.method === method || (method === 'HEAD' && route.method === 'GET')) {
        return { handler: route.handler, params, allowed };
      }
      allowed.add(route.method);
    }
    return { handler: null, params: {}, allowed };
  }

  async handle(request) {
    const { path, search } = splitUrl(request.url);
    const { handler, params, allowed } = this.find(request.method, path);
    const context = { request, path, params, query: parseQuery(search), state: {} };
    const last = handler ?? (() => notFound(allowed));
    return compose([...this.#middleware, last])(context);
  }
}

function notFound(allowed) {
  if (allowed.size === 0) return { status: 404, headers: {}, body: 'Not Found' };
  return { status: 405, headers: { allow: [...allowed].sort().join(', ') }, body: 'Method Not Allowed' };
}
