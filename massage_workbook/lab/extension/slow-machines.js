// Give a widget more than the two seconds after which anywidget gives it up and shows nothing: on a
// slow machine the widgets of a lesson take longer to start together.

const LEAST = 60_000; // milliseconds

/** Nothing else in JupyterLab uses such timeouts. */
export function waitForWidgets() {
  const timeout = AbortSignal.timeout.bind(AbortSignal);
  AbortSignal.timeout = (milliseconds) => timeout(Math.max(milliseconds, LEAST));
}
