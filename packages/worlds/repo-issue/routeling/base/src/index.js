export { Router } from './router.js';
export { compose } from './middleware/compose.js';
export { cors } from './middleware/cors.js';
export { parseQuery, stringifyQuery } from './http/query.js';
