import assert from "node:assert/strict";
import { test } from "node:test";
import { openSandbox } from "./open-sandbox.ts";
import { probeSandbox } from "./probe-sandbox.ts";
import { proveBox } from "./prove-box.ts";

const probes = await probeSandbox();

for (const isolation of ["bubblewrap", "namespaces"] as const) {
  const skip = probes.some((probe) => probe.isolation === isolation && probe.works) ? false : `no ${isolation} here`;
  test(`every promise of the box holds when it is attacked: ${isolation}`, { skip }, async () => {
    const properties = await proveBox(await openSandbox({ prefer: isolation }));
    assert.deepEqual(
      properties.filter(({ holds }) => !holds),
      [],
    );
    assert.ok(properties.length >= 12);
  });
}

test("without a sandbox the attempts get through, and it is said", async () => {
  const harmless = ["network", "sockets", "secrets"];
  const properties = await proveBox(await openSandbox({ prefer: "none", unsafe: true }), harmless);
  assert.deepEqual(
    properties.filter(({ holds }) => !holds).map(({ name }) => name),
    harmless,
  );
});
