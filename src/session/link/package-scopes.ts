import fs from 'node:fs';
import path from 'node:path';

/** Which module system the nearest package.json names, remembered for one link. */
export class PackageScopes {
  readonly #types = new Map<string, 'module' | 'commonjs'>();

  typeOf(file: string): 'module' | 'commonjs' {
    return this.#ofFolder(path.dirname(file));
  }

  #ofFolder(folder: string): 'module' | 'commonjs' {
    const known = this.#types.get(folder);
    if (known) return known;
    const found = readType(path.join(folder, 'package.json')) ?? this.#ofParent(folder);
    this.#types.set(folder, found);
    return found;
  }

  #ofParent(folder: string): 'module' | 'commonjs' {
    const parent = path.dirname(folder);
    // A package never takes its type from beyond the `node_modules` it lies in.
    return parent === folder || path.basename(parent) === 'node_modules' ? 'commonjs' : this.#ofFolder(parent);
  }
}

/** `null` where there is no package.json; a broken one counts as CommonJS, as it names no other. */
function readType(file: string): 'module' | 'commonjs' | null {
  let text: string;
  try {
    text = fs.readFileSync(file, 'utf8');
  } catch {
    return null;
  }
  try {
    return (JSON.parse(text) as { readonly type?: unknown } | null)?.type === 'module' ? 'module' : 'commonjs';
  } catch {
    return 'commonjs';
  }
}
