import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build as esbuild } from 'esbuild';
import type { Browser } from 'playwright-core';
import { build as vite } from 'vite';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import webpack from 'webpack';
import { PROJECT_ROOT } from '../../scripts/root.js';
import { launchBrowser } from '../lab/browser/launch-browser.js';
import { type Application, makeApplication, VENDORS } from './application.js';
import { callFromExample } from './call-from-example.js';
import { serve } from './static-server.js';

/** A word that only the SDK contains, for each carrier. */
const MARKS = { telnyx: 'anonymous_login', twilio: 'eventgw' };

const EXAMPLE = join(PROJECT_ROOT, 'examples/vanilla-esm');
const example = Object.fromEntries(
  ['index.html', 'main.js'].map((name) => [name, readFileSync(join(EXAMPLE, name), 'utf8')]),
);

let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
});

afterAll(() => browser.close());

/** Scripts in a folder, as name → text. */
function scripts(folder: string): ReadonlyMap<string, string> {
  const names = readdirSync(folder).filter((name) => name.endsWith('.js'));
  return new Map(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}

/** Each SDK is in one file of its own, which is not what the page starts with. */
function expectVendorsApart(built: ReadonlyMap<string, string>, entry: string): void {
  for (const [carrier, mark] of Object.entries(MARKS)) {
    const files = [...built].filter(([, text]) => text.includes(mark)).map(([name]) => name);
    expect(files.length, carrier).toBeGreaterThan(0);
    expect(files, carrier).not.toContain(entry);
  }
}

async function expectCallToWork(folder: string): Promise<void> {
  const server = await serve(folder);
  try {
    const { states, requests, errors } = await callFromExample(browser, `${server.origin}/`);
    expect(states).toEqual(expect.arrayContaining(['Ringing…', 'In call', 'Call ended']));
    expect(errors).toEqual([]);
    // Nobody needed a carrier, so nobody fetched one.
    const fetched = requests.map((url) => scripts(folderOf(folder, url)).get(nameOf(url)) ?? '');
    for (const mark of Object.values(MARKS)) {
      expect(fetched.some((text) => text.includes(mark))).toBe(false);
    }
  } finally {
    await server.close();
  }
}

const nameOf = (url: string): string => new URL(url).pathname.split('/').at(-1) ?? '';
const folderOf = (root: string, url: string): string =>
  join(root, new URL(url).pathname.split('/').slice(0, -1).join('/'));

test('Vite builds the example: SDKs in chunks of their own, and the page makes a call', async () => {
  const application = makeApplication(inject('installed'), example, VENDORS);
  await vite({ root: application.folder, logLevel: 'error', configFile: false });
  const built = scripts(join(application.folder, 'dist/assets'));
  const entry = [...built.keys()].find((name) => name.startsWith('index-')) ?? '';
  expectVendorsApart(built, entry);
  await expectCallToWork(join(application.folder, 'dist'));
});

test('webpack builds the example: SDKs in chunks of their own, and the page makes a call', async () => {
  const application = makeApplication(
    inject('installed'),
    {
      ...example,
      'dist/index.html': example['index.html']?.replace('./main.js', './page.js') ?? '',
    },
    VENDORS,
  );
  await buildWithWebpack(application);
  expectVendorsApart(scripts(join(application.folder, 'dist')), 'page.js');
  await expectCallToWork(join(application.folder, 'dist'));
});

function buildWithWebpack({ folder }: Application): Promise<void> {
  return new Promise((resolve, reject) => {
    webpack(
      {
        mode: 'production',
        context: folder,
        entry: { page: './main.js' },
        output: { path: join(folder, 'dist'), filename: '[name].js' },
        performance: { hints: false },
      },
      (error, stats) => {
        if (error) reject(error);
        else if (stats?.hasErrors() || stats?.hasWarnings()) reject(new Error(stats.toString()));
        else resolve();
      },
    );
  });
}

/** What esbuild makes of a module in an application without the SDKs. */
async function bundle(code: string): Promise<string> {
  const { folder } = makeApplication(inject('installed'), { 'app.js': code });
  const { outputFiles, warnings } = await esbuild({
    absWorkingDir: folder,
    entryPoints: ['app.js'],
    bundle: true,
    write: false,
    minify: true,
    format: 'esm',
    platform: 'browser',
    logLevel: 'silent',
  });
  // It says that it leaves out what it was told to leave out.
  expect(warnings.filter(({ id }) => id !== 'ignored-bare-import')).toEqual([]);
  return outputFiles[0]?.text ?? '';
}

test.each([
  'everdial',
  'everdial/providers',
  'everdial/providers/sandbox',
  'everdial/testing',
  'everdial/global',
  'everdial/widget',
  'everdial/tel-links',
])('importing %s alone does nothing, and a bundler knows', async (entry) => {
  expect((await bundle(`import '${entry}';`)).trim()).toBe('');
});

test('what is not used is left out', async () => {
  const whole = await bundle("export { Dialer } from 'everdial';");
  const part = await bundle("export { isDialerError } from 'everdial';");
  expect(part.length).toBeLessThan(whole.length / 2);
});

test('an application that uses the sandbox alone is built without any SDK installed', async () => {
  const code = await bundle(`
    import { Dialer } from 'everdial';
    import { sandbox } from 'everdial/providers/sandbox';
    globalThis.dialer = new Dialer({ providers: [sandbox()] });`);
  expect(code).not.toMatch(/@(telnyx|twilio)\/|jssip/);
});
