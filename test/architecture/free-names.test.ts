import { expect, test } from 'vitest';
import { freeNames } from './free-names.js';

test.each([
  ['window.open("x")', 'window.open'],
  ['const x = Date.now();', 'Date.now'],
  ['const at = () => new Date();', 'Date'],
  ['setTimeout(() => {}, 5);', 'setTimeout'],
  ['const o = { document };', 'document'],
  ['const o = { page: document };', 'document'],
  ['class A { #page = document; }', 'document'],
  ['const n = typeof navigator;', 'navigator'],
])('%s uses %s', (text, name) => {
  expect([...freeNames(text)]).toContain(name);
});

test.each([
  '// window.open',
  'const text = "document.title";',
  'interface A { window: Window; }',
  'const a = (b: typeof document) => b;',
  'clock.now(); self.document; a.setTimeout(1);',
  'const window = 1; console.log(window);',
  'import { document } from "./x.js"; document();',
  'const o = { setTimeout: 1 }; class A { navigator(): void {} }',
])('%s uses no browser global', (text) => {
  const names = [...freeNames(text)].map((name) => name.split('.')[0]);
  for (const name of ['window', 'document', 'navigator', 'setTimeout', 'Date']) {
    expect(names).not.toContain(name);
  }
});
