import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, inject, test } from 'vitest';
import { compactSheets } from '../../scripts/build-compact-sheets.js';
import { fileTable, sha384, staticImports, verified } from '../../scripts/integrity.js';

const root = join(inject('installed'), 'node_modules/everdial');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const integrity = JSON.parse(read('dist/embed/integrity.json')) as {
  readonly version: string;
  readonly files: Readonly<Record<string, string>>;
  readonly snippet: string;
};
const scripts = readdirSync(join(root, 'dist/embed'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.js'))
  .map((name) => name.replaceAll('\\', '/'));
/** The tables as they stand in the built files. */
const tables = `${read('dist/embed/loader.js')}${read('dist/embed/app.js')}`;

test('integrity.json has the hash of each release file, as another program counts it', () => {
  expect(Object.keys(integrity.files).sort()).toEqual(
    [...scripts.map((name) => `dist/embed/${name}`), 'dist/umd/everdial.js'].sort(),
  );
  for (const [path, hash] of Object.entries(integrity.files)) {
    const binary = execFileSync('sha384sum', [join(root, path)], { encoding: 'utf8' }).slice(0, 96);
    expect(hash, path).toBe(`sha384-${Buffer.from(binary, 'hex').toString('base64')}`);
  }
});

test('the ready-made snippet pins this version with its hash', () => {
  const { version } = JSON.parse(read('package.json')) as { readonly version: string };
  expect(integrity.version).toBe(version);
  expect(integrity.snippet).toContain(`/everdial@${version}/dist/embed/loader.js"`);
  expect(integrity.snippet).toContain(`integrity="${integrity.files['dist/embed/loader.js']}"`);
  expect(integrity.snippet).toContain('crossorigin="anonymous"');
});

test.each(scripts.filter((name) => name !== 'loader.js'))(
  'the loader compares %s, and all that it imports, before it runs',
  (name) => {
    const text = read(`dist/embed/${name}`);
    const others = staticImports(text);
    expect(tables.includes(`"${name}":["${sha384(text)}"`)).toBe(true);
    for (const other of others) expect(tables.includes(`"${other}":["`), other).toBe(true);
    // Each file comes through the loader, except the vendors' own.
    if (!name.startsWith('vendor/')) expect(/\bimport\(/.test(text)).toBe(false);
  },
);

test('the loader carries only what it fetches itself', () => {
  const loader = read('dist/embed/loader.js');
  const carried = scripts.filter((name) => loader.includes(`"${name}":[`));
  expect(carried.sort()).toEqual(['app.js', 'tel-links.js']);
});

test('a table names the hash and every import, through others too', () => {
  const modules = new Map([
    ['a.js', 'import{x}from"./b.js";'],
    ['b.js', 'import"./c.js";export{x}from"./a.js"'],
    ['c.js', 'export const y=1'],
  ]);
  const table = fileTable(modules, ['a.js']);
  expect(table['a.js']?.slice(1).sort()).toEqual(['b.js', 'c.js']);
  expect(table['b.js']?.slice(1).sort()).toEqual(['a.js', 'c.js']);
  expect(table['c.js']).toEqual([sha384('export const y=1')]);
  expect(() => fileTable(modules, ['d.js'])).toThrow('d.js');
});

test('import() becomes the loader’s, at the same place; one that it can not compare stops the build', () => {
  const code = 'const a=()=>import("./x.js"),b=()=>import(`./y.js`);';
  const [, changed] = verified(code).split('\n');
  expect(changed).toBe('const a=()=>_load_("./x.js"),b=()=>_load_(`./y.js`);');
  expect(changed).toHaveLength(code.length);
  expect(() => verified('import("https://elsewhere.example/x.js")')).toThrow('elsewhere');
});

test('style sheets lose comments and indents, and nothing else of the module changes', () => {
  const code = `// A \`comment\` with 'quotes'
const A = 'a  {  b }';
export const css = \`
  /* gone */
  .a  .b > c,
  .d:hover { margin: 0  4px; content: "a ,  b"; width: calc(1px + \${A.length}px) ; border: \${A} /* gone */ solid; }
\`;`;
  expect(compactSheets(code)).toBe(`// A \`comment\` with 'quotes'
const A = 'a  {  b }';
export const css = \` .a .b > c,.d:hover{margin:0 4px;content:"a ,  b";width:calc(1px + \${A.length}px);border:\${A} solid}\`;`);
});
