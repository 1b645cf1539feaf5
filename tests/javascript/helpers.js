import assert from "node:assert/strict";

export const near = (one, other, tolerance = 1e-6) => assert.ok(Math.abs(one - other) <= tolerance, `${one} is not ${other}`);
export const range = (count, act) => Array.from({ length: count }, (_, i) => act(i));
