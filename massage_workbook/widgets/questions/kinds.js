// The control of each kind of question.
//
// A control is a function of the question (`Kind.controls` of its Python module) and its form. It
// returns `nodes`; perhaps a `figure` to answer on, with a `note` that explains how; `missing`, which
// says what is missing before an answer can be checked; `read`, which returns the response; and
// `reveal`, which shows the answer in place and returns what else belongs to the feedback.

import { manyChoices, oneChoice } from "./choices.js";
import { match } from "./match.js";
import { number } from "./number.js";
import { order } from "./order.js";
import { recall } from "./recall.js";
import { stroke } from "./stroke.js";
import { tempo } from "./tempo.js";
import { values } from "./values.js";
import { zones } from "./zones.js";

export const CONTROLS = {
  single: oneChoice,
  case: oneChoice,
  many: manyChoices,
  number,
  values,
  recall,
  order,
  match,
  zones,
  stroke,
  tempo,
};
