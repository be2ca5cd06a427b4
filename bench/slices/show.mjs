/** Random refusals and slices, to be read by a person. */
export function show({ refusals, slices, count }) {
  for (const [i, { shown, name, line, refusal }] of refusals.slice(0, count).entries()) {
    console.log(`── refusal ${i + 1}: ${shown}:${line} ${name}\n   ${refusal.code}: ${refusal.message} (line ${refusal.line})`);
  }
  for (const [i, { shown, name, line, slice }] of slices.slice(0, count).entries()) {
    const { entry, captures, kept, leftOut, warnings } = slice;
    console.log(`\n── slice ${i + 1}: ${shown}:${line} ${name}\n   entry ${entry}; captures ${captures.join(', ') || 'nothing'}; ${kept.length} kept, ${leftOut.length} left out`);
    for (const it of kept) console.log(`   kept ${it.line}: ${it.what} (${it.why})`);
    for (const it of warnings) console.log(`   warning ${it.code}, line ${it.line}: ${it.message}`);
    console.log(numbered(slice.text));
  }
}

const numbered = (text) =>
  text
    .split(/\r?\n/)
    .map((line, i) => [i + 1, line.trimEnd()])
    .filter(([, line]) => line !== '')
    .map(([i, line]) => `${String(i).padStart(6)}  ${line.slice(0, 200)}`)
    .join('\n');
