import assert from "node:assert/strict";
import { test } from "node:test";

import { isSeen } from "../../massage_workbook/widgets/shared/frames.js";

test("of several changes that a busy page reports at once the last holds", () => {
  const [away, there] = [{ isIntersecting: false }, { isIntersecting: true }];
  assert.equal(isSeen([away, there]), true);
  assert.equal(isSeen([there, away]), false);
});
