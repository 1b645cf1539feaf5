// Whether a lesson may run unasked is for the server to say, from what the lesson's cells hold.

const RUNS_UNASKED = "massage-workbook/api/runs-unasked";

/** Return what asks the server about a lesson as it is now; without an answer it may not run. */
export function askServer(ServerConnection, settings) {
  return async (panel) => {
    const cells = codeCells(panel).map(({ sharedModel, outputs }) => ({
      source: sharedModel.getSource(),
      outputs: outputs.length,
    }));
    const request = { method: "POST", body: JSON.stringify({ cells }) };
    try {
      const answer = await ServerConnection.makeRequest(settings.baseUrl + RUNS_UNASKED, request, settings);
      return answer.ok && (await answer.json()).runs_unasked === true;
    } catch {
      return false; // the server cannot be reached; JupyterLab says so
    }
  };
}

/** The models of a notebook's cells with code. */
export function codeCells(panel) {
  return Array.from(panel.context.model.cells).filter(({ type }) => type === "code");
}
