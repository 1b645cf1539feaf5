// Poses of hands for tests in Python: each line in is a tour and times, each line out the poses.

import { createInterface } from "node:readline";

import { posesAt } from "../../massage_workbook/widgets/shared/poses.js";

for await (const line of createInterface({ input: process.stdin })) {
  const [tour, times] = JSON.parse(line);
  console.log(JSON.stringify(times.map((time) => posesAt(tour, time))));
}
