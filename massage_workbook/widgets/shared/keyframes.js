/**
 * Between which key frames a share of a movement lies: the number of the first, and how far it is
 * from there to the next one, from 0 to 1.
 * @param {number[]} times shares at which the frames are, from 0 to 1
 * @param {number} share
 * @returns {[number, number]}
 */
export function frameAt(times, share) {
  const number = Math.min(times.length - 2, Math.max(0, times.findLastIndex((time) => time <= share)));
  return [number, (share - times[number]) / (times[number + 1] - times[number])];
}
