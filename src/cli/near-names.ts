/** Names that a person may have meant by `wanted`, the likeliest first; at most three. */
export function nearNames(wanted: string, names: readonly string[]): string[] {
  const word = wanted.toLowerCase();
  const most = Math.max(1, Math.floor(word.length / 3));
  return [...new Set(names)]
    .map((name) => ({ name, distance: likeness(word, name.toLowerCase(), most) }))
    .filter(({ distance }) => distance <= most)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, 3)
    .map(({ name }) => name);
}

/** Edits between two words; fewer where one is the last part of the other, as `area` is of `Circle.area`. */
function likeness(word: string, name: string, most: number): number {
  if (word.length > 2 && (name.endsWith(`.${word}`) || name.startsWith(word))) return 0.5;
  const parts = [name, name.slice(name.lastIndexOf('.') + 1)];
  return Math.min(...parts.map((part) => (Math.abs(part.length - word.length) > most ? Infinity : edits(word, part))));
}

/** Levenshtein distance: insertions, deletions and replacements of single characters. */
function edits(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1));
    }
    row = next;
  }
  return row[b.length]!;
}
