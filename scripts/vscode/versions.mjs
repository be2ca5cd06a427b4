/**
 * The VS Codes that the suites run on: npm packages that carry a whole VS Code (docs/adr/0001). `oldest` is what
 * package.json's engines.vscode promises.
 * @typedef {object} ServerVersion
 * @property {string} package
 * @property {string} vscode its version
 * @property {number} node the major version of Node that its server wants
 * @property {{ dark: string, light: string }} themes its default ones, by the names that it shows
 */

/** @type {{ stable: ServerVersion, oldest: ServerVersion }} */
export const versions = {
  stable: {
    package: 'code-server@4.139.1',
    vscode: '1.139.1',
    node: 24,
    themes: { dark: 'Dark 2026', light: 'Light 2026' },
  },
  oldest: {
    package: 'code-server@4.100.3',
    vscode: '1.100.3',
    node: 20,
    themes: { dark: 'Dark Modern', light: 'Light Modern' },
  },
};
