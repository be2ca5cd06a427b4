/** A JSON file as an ES module: its value as default, and its keys by name, as bundlers and TypeScript have it. */
export function jsonModule(text: string): string {
  const value: unknown = JSON.parse(text);
  const keys = value !== null && typeof value === 'object' && !Array.isArray(value) ? Object.keys(value) : [];
  const named = keys.filter((it) => it !== 'default').map((it, i) => ({ name: it, local: `k${i}` }));
  const declared = named.map(({ name, local }) => `const ${local}=json[${JSON.stringify(name)}];`).join('');
  const exported = named.map(({ name, local }) => `${local} as ${JSON.stringify(name)}`).join(',');
  // Parsed at run time: a key named __proto__ stays a key.
  return `const json=JSON.parse(${JSON.stringify(text)});export default json;${declared}export{${exported}};`;
}
