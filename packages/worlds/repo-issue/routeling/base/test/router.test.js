import { test } from 'node:test';
import assert from 'node:assert/strict';
import { Router } from '../src/router.js';

const ok = (body) => () => ({ status: 200, headers: {}, body });
const ask = (router, method, url) => router.handle({ method, url, headers: {} });

test('router answers with the handler of the path', async () => {
  const router = new Router().get('/', ok('home')).get('/about', ok('about'));
  assert.equal((await ask(router, 'GET', '/about')).body, 'about');
  assert.equal((await ask(router, 'GET', '/')).body, 'home');
});

test('router prefers the more specific route', async () => {
  const router = new Router().get('/:page', ok('page')).get('/users/:id', ok('user')).get('/users/new', ok('form'));
  assert.equal((await ask(router, 'GET', '/users/new')).body, 'form');
  assert.equal((await ask(router, 'GET', '/users/7')).body, 'user');
});

test('router hands over params and query', async () => {
  const router = new Router().get('/users/:id', (context) => ({ ...context.params, ...context.query }));
  assert.deepEqual(await ask(router, 'GET', '/users/7?tab=posts'), { id: '7', tab: 'posts' });
});

test('router knows the methods of a path', async () => {
  const router = new Router().get('/items', ok('list')).add('delete', '/items', ok('gone'));
  const response = await ask(router, 'POST', '/items');
  assert.equal(response.status, 405);
  assert.equal(response.headers.allow, 'DELETE, GET');
  assert.equal((await ask(router, 'HEAD', '/items')).body, 'list');
});

test('router mounts another one with its middleware', async () => {
  const api = new Router()
    .use((context, next) => {
      context.state.api = true;
      return next();
    })
    .get('/ping', (context) => ({ api: context.state.api }));
  const router = new Router().mount('/api/', api);
  assert.deepEqual(await ask(router, 'GET', '/api/ping'), { api: true });
});

test('router says not found', async () => {
  assert.equal((await ask(new Router(), 'GET', '/nothing')).status, 404);
});

test('router passes signed links on', async () => {
  const router = new Router().get('/file', (context) => context.query.token);
  assert.equal(await ask(router, 'GET', '/file?token=YWJj='), 'YWJj=');
});
