/**
 * The key frames around a share of a movement: the number of the first, and the fraction of the
 * interval to the next one, from 0 to 1.
 * @param {number[]} times shares at which the frames are, from 0 to 1
 * @param {number} share
 * @returns {[number, number]}
 */
export function frameAt(times, share) {
  const number = Math.min(times.length - 2, Math.max(0, times.findLastIndex((time) => time <= share)));
  return [number, (share - times[number]) / (times[number + 1] - times[number])];
}
