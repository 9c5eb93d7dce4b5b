import { createHash } from 'node:crypto';
import type { FileTable } from '../src/embed/load-file.js';

/** SHA-384 in base64, as in `integrity="sha384-…"`. */
export const sha384 = (content: string | Uint8Array): string =>
  createHash('sha384').update(content).digest('base64');

/** Files that a built module imports statically, by their names in the same folder. */
export function staticImports(code: string): readonly string[] {
  return [...code.matchAll(/(?:\bfrom|\bimport)\s*"\.\/([^"]+)"/g)].map(([, name = '']) => name);
}

/**
 * A built module in which the loader's `load` stands in place of `import()` for files of the same folder. If there is any, it gets one
 * line more at its head; what is put in below that is exactly as long as what it replaces, so that the source map stays right.
 * @throws Error when an `import()` of something else is in it, which nothing would compare
 */
export function verified(code: string): string {
  const changed = code.replace(/\bimport\((?=["'`]\.\/)/g, '_load_(');
  const left = /\bimport\(.{0,60}/.exec(changed);
  if (left) throw new Error(`An import() that nothing compares: ${left[0]}`);
  return changed === code ? code : `const _load_=Everdial.load;\n${changed}`;
}

/** The table of the loader for these modules (name → text), whole or of the named ones and all that they import. */
export function fileTable(
  modules: ReadonlyMap<string, string>,
  names: Iterable<string> = modules.keys(),
): FileTable {
  const imported = (name: string, seen: Set<string>): Set<string> => {
    for (const next of staticImports(modules.get(name) ?? '')) {
      if (!seen.has(next)) imported(next, seen.add(next));
    }
    return seen;
  };
  const table: FileTable = {};
  const pending = [...names];
  for (const name of pending) {
    const code = modules.get(name);
    if (code === undefined) throw new Error(`There is no ${name}`);
    if (table[name]) continue;
    const others = [...imported(name, new Set())].filter((other) => other !== name);
    table[name] = [sha384(code), ...others];
    pending.push(...others);
  }
  return table;
}
