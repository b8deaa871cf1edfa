import assert from "node:assert/strict";
import { test } from "node:test";
import { CircuitBreaker } from "./breaker.ts";

test("after failures in a row nobody is let through but one who tries, later and later", () => {
  const breaker = new CircuitBreaker(3, 100, 300);
  for (let i = 0; i < 3; i++) {
    assert.equal(breaker.wait(0), 0);
    breaker.failed(0);
  }
  assert.equal(breaker.wait(40), 60);
  assert.equal(breaker.wait(100), 0, "the one who tries");
  assert.ok(breaker.wait(100) > 0, "not a second one");
  breaker.failed(110);
  assert.equal(breaker.wait(110), 200);
  assert.equal(breaker.wait(310), 0);
  breaker.failed(310);
  assert.equal(breaker.wait(310), 300, "not longer than the longest pause");
  assert.equal(breaker.wait(610), 0);
  breaker.succeeded();
  assert.equal(breaker.wait(611), 0);
  assert.equal(breaker.wait(611), 0);
});

test("a success in between starts the count again", () => {
  const breaker = new CircuitBreaker(2, 100);
  breaker.failed(0);
  breaker.succeeded();
  breaker.failed(1);
  assert.equal(breaker.wait(2), 0);
});

test("who tried and was stopped leaves the next one the chance", () => {
  const breaker = new CircuitBreaker(1, 100);
  breaker.failed(0);
  assert.equal(breaker.wait(100), 0);
  breaker.dropped();
  assert.equal(breaker.wait(101), 0);
});
