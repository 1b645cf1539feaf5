import assert from "node:assert/strict";
import { test } from "node:test";

import { deviations } from "../../massage_workbook/widgets/tempo.js";

const near = (found, wanted) => {
  for (const [i, each] of found.entries()) assert.ok(Math.abs(each - wanted[i]) < 1e-9);
};

test("a tap is measured from the nearest beat that is heard", () => {
  near(deviations([10.1, 11.9, 13.1], 1, 10), [0.1, -0.1, 0.1]);
});

test("without a beat a tap is measured from the tap before, by half a beat at most", () => {
  near(deviations([0, 1, 2.1, 4.1], 1), [0, 0, 0.1, 0.5]);
});
