/**
 * Make a button a pad to tap on, with a pointer or the Space key.
 * @param {HTMLButtonElement} pad
 * @param {(seconds: number) => unknown} onTap
 * @param {((event: KeyboardEvent) => unknown) | null} onEnter without it, the Enter key taps as well
 */
export function tapPad(pad, onTap, onEnter = null) {
  /** @param {Event} event */
  const tap = (event) => onTap(event.timeStamp / 1000);
  pad.onpointerdown = (event) => {
    if (!event.button) tap(event);
  };
  pad.onkeydown = (event) => {
    if (event.key === "Enter" && onEnter) return onEnter(event);
    if (event.key !== " " && event.key !== "Enter") return;
    if (event.key === "Enter") event.preventDefault();
    if (!event.repeat) tap(event);
  };
  pad.onkeyup = (event) => {
    if (event.key === " ") event.preventDefault();
  };
  // A click without a pointer comes from an assistive technology.
  pad.onclick = (event) => {
    if (event.detail === 0 && /** @type {PointerEvent} */ (event).pointerType === "") tap(event);
  };
}
