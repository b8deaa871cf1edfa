import { test } from 'node:test';
import assert from 'node:assert/strict';
import { compose } from '../src/middleware/compose.js';
import { Router } from '../src/router.js';

const pass = (context, next) => next();

test('hidden: groups inside of groups', async () => {
  assert.equal(await compose([compose([pass, compose([pass])]), () => 'end'])({}), 'end');
});

test('hidden: a group wraps what follows', async () => {
  const log = [];
  const group = compose([
    async (context, next) => {
      log.push('in');
      const value = await next();
      log.push('out');
      return value;
    },
  ]);
  const rest = () => {
    log.push('handler');
    return 1;
  };
  assert.equal(await compose([group, rest])({}), 1);
  assert.deepEqual(log, ['in', 'handler', 'out']);
});

test('hidden: middleware of both routers, the outer one first', async () => {
  const mark = (name) => (context, next) => {
    context.state.log = [...(context.state.log ?? []), name];
    return next();
  };
  const inner = new Router().use(mark('inner')).get('/x', (context) => context.state.log);
  const outer = new Router().use(mark('outer')).mount('/in', inner);
  assert.deepEqual(await outer.handle({ method: 'GET', url: '/in/x', headers: {} }), ['outer', 'inner']);
});
