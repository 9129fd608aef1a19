// Starts `orc lsp` and connects it to the editor. Plain JavaScript, so that nothing has to be built.
const fs = require("fs");
const path = require("path");
const vscode = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

let client;

// What the settings name, else artifacts/orc of an opened folder, else orc on the PATH.
function orc() {
  const configured = vscode.workspace.getConfiguration("orchestrator").get("orcPath", "orc");
  if (configured !== "orc") {
    return configured;
  }

  const built = (vscode.workspace.workspaceFolders ?? []).map((folder) => path.join(folder.uri.fsPath, "artifacts", "orc"));
  return built.find((file) => fs.existsSync(file)) ?? configured;
}

function activate() {
  const server = { command: orc(), args: ["lsp"] };
  client = new LanguageClient("orchestrator", "Orchestrator", server, {
    documentSelector: [
      { scheme: "file", language: "flow" },
      { scheme: "file", language: "mlir" },
    ],
  });
  return client.start();
}

function deactivate() {
  return client?.stop();
}

module.exports = { activate, deactivate };
