import assert from "node:assert/strict";
import { test } from "node:test";

import { moved, cross, inWords, onPicture } from "../../massage_workbook/widgets/shared/places.js";

test("arrow keys go a centimetre, and five with Shift", () => {
  assert.deepEqual(moved([0, 0.4], [1, 0], false), [0.02, 0.4]);
  assert.deepEqual(moved([0, 0.4], [0, -1], true), [0, 0.4 - 0.1]);
});

test("a place is said in centimetres from the spine and the large bump of the neck", () => {
  assert.equal(inWords([0.1, 0.5]), "5 cm to the right of the spine, 25 cm below the large bump of the neck");
  assert.equal(inWords([0, -0.02]), "on the spine, 1 cm above the large bump of the neck");
});

test("a cross stands around its place on the picture", () => {
  const frame = { left: -0.5, top: -0.1, scale: 100 };
  assert.deepEqual(onPicture([0, 0.4], frame), [50, 50]);
  assert.equal(cross([50, 50], 9), "M41 50h18M50 41v18");
});
