/**
 * Make a button a pad to tap on, with a pointer or the Space key; `tap` gets the seconds of each tap.
 * `enter` is called with an Enter key; without it, that is a tap as well.
 */
export function tapPad(pad, tap, enter = null) {
  const at = (event) => tap(event.timeStamp / 1000);
  pad.onpointerdown = (event) => {
    if (!event.button) at(event);
  };
  pad.onkeydown = (event) => {
    if (event.key === "Enter" && enter) return enter(event);
    if (event.key !== " " && event.key !== "Enter") return;
    if (event.key === "Enter") event.preventDefault();
    if (!event.repeat) at(event);
  };
  pad.onkeyup = (event) => {
    if (event.key === " ") event.preventDefault();
  };
  // A click without a pointer comes from an assistive technology.
  pad.onclick = (event) => {
    if (event.detail === 0 && event.pointerType === "") at(event);
  };
}
