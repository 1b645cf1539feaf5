// A session for tests: two techniques in three steps.

export const STEPS = [
  { technique: "a", start: 0, seconds: 40, lead: 0, passes: 2, max_passes: 3, pass_seconds: 20 },
  { technique: "b", start: 40, seconds: 60, lead: 10, passes: 3, max_passes: 5, pass_seconds: 15 },
  { technique: "a", start: 100, seconds: 20, lead: 0, passes: 1, max_passes: 3, pass_seconds: 20 },
];
export const cue = (at, kind, text = "") => ({ at, kind, text, sound: "chime" });
export const SESSION = {
  total: 120,
  limit: 150,
  ready_seconds: 10,
  steps: STEPS,
  beats: [[0, 0.8, 20, 4], [20, 0.8, 40, 4], [50, 1.5, 65, 1], [65, 1.5, 80, 1], [80, 1.5, 95, 1]],
  cues: [
    cue(-10, "ready", "ready"), cue(0, "step"), cue(20, "last pass", "then b"), cue(40, "step", "b"), cue(50, "first pass"), cue(65, "pass"),
    cue(80, "last pass", "then a"), cue(100, "step", "a"), cue(120, "end", "end"),
  ],
};
