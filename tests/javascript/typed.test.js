import assert from "node:assert/strict";
import { test } from "node:test";

import { parsedSeconds } from "../../massage_workbook/widgets/planner/slider.js";
import { parsedNumber } from "../../massage_workbook/widgets/questions/values.js";

test("minutes may be typed as 2:30 or 2.5", () => {
  for (const [text, seconds] of [["2:30", 150], [" 2,5 ", 150], ["2", 120], ["0", 0]]) assert.equal(parsedSeconds(text), seconds);
  for (const text of ["", "soon", "2:3", "-1", "61"]) assert.equal(parsedSeconds(text), null);
});

test("a number may be typed as a decimal or a fraction", () => {
  for (const [text, number] of [["2.5", 2.5], ["2,5", 2.5], ["\u22121/4", -0.25], ["1e3", 1000], ["7", 7]]) assert.equal(parsedNumber(text), number);
  for (const text of ["", "many", "1/0", "1/2/3", "2..5", "1 2"]) assert.equal(parsedNumber(text), null);
});
