/**
 * The VS Codes that the suites run on: npm packages that carry a whole VS Code (docs/adr/0001), each with the Node that its
 * server wants. `oldest` is what package.json's engines.vscode promises.
 * @typedef {{ package: string, vscode: string, node: number }} ServerVersion
 * @type {{ stable: ServerVersion, oldest: ServerVersion }}
 */
export const versions = {
  stable: { package: 'code-server@4.139.1', vscode: '1.139.1', node: 24 },
  oldest: { package: 'code-server@4.100.3', vscode: '1.100.3', node: 20 },
};
