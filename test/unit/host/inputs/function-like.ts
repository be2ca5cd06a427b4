import type { FoundFunction } from '../../../../src/source/found-function';

/** A function `f` with such parameters. */
export function functionLike(
  names: readonly string[],
  least = names.length,
  most = names.length,
  language: FoundFunction['language'] = 'javascript',
): FoundFunction {
  return {
    language,
    name: 'f',
    nameRange: { start: 9, end: 10 },
    range: { start: 0, end: 20 },
    line: 1,
    column: 10,
    parameters: { names, least, most },
    async: false,
    exported: false,
    examples: [],
  };
}
