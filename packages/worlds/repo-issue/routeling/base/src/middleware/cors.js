import { appendHeader } from '../http/headers.js';

/** Answers preflight requests and marks responses for the origins that are allowed. */
export function cors({ origins = ['*'], methods = ['GET', 'POST'], maxAge = 600 } = {}) {
  return async (context, next) => {
    const { request } = context;
    const origin = request.headers?.origin;
    if (origin === undefined || !isAllowed(origins, origin)) return next();
    if (request.method === 'OPTIONS') {
      return {
        status: 204,
        headers: {
          'access-control-allow-origin': origin,
          'access-control-allow-methods': methods.join(', '),
          'access-control-max-age': String(maxAge),
        },
        body: '',
      };
    }
    const response = await next();
    const headers = { ...response.headers, 'access-control-allow-origin': origin };
    return { ...response, headers: appendHeader(headers, 'vary', 'origin') };
  };
}

function isAllowed(origins, origin) {
  return origins.some((allowed) => allowed === '*' || allowed === origin);
}
