'use strict';
const vscode = require('vscode');

/**
 * The part of the Python extension's published API that is about the chosen environment: one for everything, or one for
 * a folder. `standIn` is for tests alone.
 */
exports.activate = () => {
  const changed = new vscode.EventEmitter();
  const chosen = new Map();
  let asked = 0;
  const pathFor = (resource) => {
    const folder = resource && [...chosen.keys()].find((key) => key !== '' && resource.fsPath.startsWith(key));
    return chosen.get(folder ?? '') ?? 'python';
  };
  return {
    ready: Promise.resolve(),
    environments: {
      getActiveEnvironmentPath(resource) {
        asked++;
        return { id: pathFor(resource), path: pathFor(resource) };
      },
      async resolveEnvironment(environment) {
        const path = typeof environment === 'string' ? environment : environment.path;
        if (path === 'python') return undefined;
        // An environment without a Python is named by its folder.
        const uri = path.endsWith('/empty') ? undefined : vscode.Uri.file(path);
        return { id: path, path, executable: { uri, bitness: '64-bit', sysPrefix: '' }, version: undefined, tools: [] };
      },
      onDidChangeActiveEnvironmentPath: changed.event,
    },
    standIn: {
      get asked() {
        return asked;
      },
      choose(path, folder = '') {
        if (path === undefined) chosen.delete(folder);
        else chosen.set(folder, path);
        changed.fire({ id: path ?? 'python', path: path ?? 'python', resource: folder === '' ? undefined : vscode.Uri.file(folder) });
      },
    },
  };
};
