/**
 * A tone of a sound device that fades.
 * @param {AudioContext} context
 * @param {number} at on the clock of the device, in seconds
 * @param {number} frequency in hertz
 * @param {number} seconds how long it takes to fade
 * @param {number} volume from 0 to 1
 */
export function tone(context, at, frequency, seconds, volume) {
  const source = new OscillatorNode(context, { frequency });
  const gain = new GainNode(context, { gain: 0 });
  gain.gain.setValueAtTime(0, at);
  gain.gain.linearRampToValueAtTime(volume, at + 0.004);
  gain.gain.exponentialRampToValueAtTime(0.0001, at + seconds);
  source.connect(gain).connect(context.destination);
  source.start(at);
  source.stop(at + seconds);
  return source;
}
