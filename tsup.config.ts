import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { defineConfig } from 'tsup';
import { compactSheetsPlugin } from './scripts/build-compact-sheets.js';

interface Manifest {
  readonly version: string;
}

const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;
const define = { EVERDIAL_VERSION: JSON.stringify(version) };

/**
 * esbuild has no UMD format: the script is built as CommonJS and this is put around it. The factory runs at once, also for
 * AMD, because `document.currentScript` (the place of the vendor chunks) is there only while the script itself runs.
 * A page which has laid out a queue (`Everdial.cmd`) is served even where a module system is present. Where the loader of
 * `dist/embed` is on the page (`Everdial.load`), everything is left to it.
 */
const UMD = {
  js:
    '(function(g,f){var m={exports:{}},q=g.Everdial,a=typeof define==="function"&&define.amd;' +
    'f(m.exports,m);var e=m.exports.everdial;' +
    'if(typeof exports==="object"&&typeof module==="object"){module.exports=e;return}' +
    'if(a)define([],function(){return e});' +
    'if((!a||q&&q.cmd)&&!(q&&(q.Dialer||q.load)))g.Everdial=e' +
    '})(typeof globalThis!=="undefined"?globalThis:self,function(exports,module){"use strict";',
};

export default defineConfig([
  {
    name: 'esm',
    entry: {
      index: 'src/index.ts',
      'providers/index': 'src/providers/provider.ts',
      'providers/telnyx': 'src/providers/telnyx/index.ts',
      'providers/twilio': 'src/providers/twilio/index.ts',
      'providers/sip': 'src/providers/sip/index.ts',
      'providers/sandbox': 'src/providers/sandbox/index.ts',
      'widget/index': 'src/widget/index.ts',
      'widget/define': 'src/widget/define.ts',
      numbers: 'src/numbers/index.ts',
      'tel-links': 'src/tel-links/index.ts',
      testing: 'src/testing/index.ts',
      global: 'src/embed/global.ts',
    },
    format: ['esm'],
    dts: true,
    // Shared chunks keep one DialerError for all entries, so that `instanceof` holds across them.
    splitting: true,
    sourcemap: true,
    target: 'es2022',
    define,
    esbuildPlugins: [compactSheetsPlugin],
    // Modules are always UTF-8: the languages need half of the bytes.
    esbuildOptions: (options) => {
      options.charset = 'utf8';
    },
    clean: false,
  },
  {
    name: 'vendors',
    entry: {
      telnyx: 'src/embed/vendor/telnyx.ts',
      twilio: 'src/embed/vendor/twilio.ts',
      sip: 'src/embed/vendor/sip.ts',
      numbers: 'src/embed/vendor/numbers.ts',
    },
    format: ['esm'],
    noExternal: [/.*/],
    splitting: false,
    minify: true,
    platform: 'browser',
    target: 'es2020',
    outDir: 'dist/umd/vendor',
    clean: false,
  },
  {
    name: 'umd',
    entry: { everdial: 'src/embed/index.ts' },
    format: ['cjs'],
    noExternal: ['eventemitter3'],
    splitting: false,
    minify: true,
    sourcemap: true,
    platform: 'browser',
    target: 'es2022',
    outDir: 'dist/umd',
    outExtension: () => ({ js: '.js' }),
    banner: UMD,
    footer: { js: '});' },
    define,
    clean: false,
    onSuccess: async () => {
      // The package is "type": "module"; this folder is not.
      mkdirSync('dist/umd', { recursive: true });
      writeFileSync('dist/umd/package.json', '{"type":"commonjs"}\n');
    },
  },
]);
