/** The parts of a benchmark that `--only a,b` names, or all of them. Throws where there is none of that name. */
export function choose(parts, only) {
  const names = only?.split(',') ?? Object.keys(parts);
  return names.map((name) => {
    if (!Object.hasOwn(parts, name)) throw new Error(`There is no part "${name}". Choose from ${Object.keys(parts).join(', ')}.`);
    return parts[name];
  });
}
