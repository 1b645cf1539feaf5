// Ask the server whether a lesson may run as it opens.

const MAY_AUTORUN = "massage-workbook/api/may-autorun";

/** A function that asks about the current cells of a lesson; false if the server does not answer. */
export function autorunCheck(ServerConnection, settings) {
  return async (panel) => {
    const cells = codeCells(panel).map(({ sharedModel, outputs }) => ({
      source: sharedModel.getSource(),
      outputs: outputs.length,
    }));
    const request = { method: "POST", body: JSON.stringify({ cells }) };
    try {
      const answer = await ServerConnection.makeRequest(settings.baseUrl + MAY_AUTORUN, request, settings);
      return answer.ok && (await answer.json()).may_autorun === true;
    } catch {
      return false; // the server cannot be reached; JupyterLab says so
    }
  };
}

/** The models of a notebook's code cells. */
export function codeCells(panel) {
  return Array.from(panel.context.model.cells).filter(({ type }) => type === "code");
}
