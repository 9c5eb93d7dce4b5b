import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { build } from 'esbuild';
import { type InputOptions, type OutputOptions, rolldown } from 'rolldown';
import { compactSheetsOf, compactSheetsPlugin, SHEETS } from './build-compact-sheets.js';
import { fileTable, sha384, verified } from './integrity.js';
import { PROJECT_ROOT } from './root.js';

const FOLDER = join(PROJECT_ROOT, 'dist/embed');
const VENDORS = join(PROJECT_ROOT, 'dist/umd/vendor');
const APP = 'src/embed/app.ts';
const TEL_LINKS = 'src/embed/page-links.ts';
const NUMBERS = 'src/numbers/index.ts';
const LOADER = 'src/embed/loader.ts';
/** Files whose hashes the loader carries: what it fetches by itself. The hashes of all others stand in `app.js`. */
const FIRST = ['app.js', 'tel-links.js'];

interface Manifest {
  readonly version: string;
}

const { version } = JSON.parse(
  readFileSync(join(PROJECT_ROOT, 'package.json'), 'utf8'),
) as Manifest;
const define = { EVERDIAL_VERSION: JSON.stringify(version) };

/**
 * Builds `dist/embed`: the loader, `app.js` and its chunks, the vendors' SDKs, and the table of hashes which the loader compares
 * with. It takes the SDKs from `dist/umd/vendor`, which has to be built before.
 */
export async function buildEmbed(): Promise<void> {
  rmSync(FOLDER, { recursive: true, force: true });
  const files = new Map<string, string>();
  const modules = new Map<string, string>();
  for (const [name, code, map] of [...(await buildApp()), ...(await buildTelLinks())]) {
    const checked = verified(code);
    // Perhaps one line was put before the code.
    const shift = checked === code ? '' : ';';
    files.set(`${name}.map`, map.replace('"mappings":"', `"mappings":"${shift}`));
    modules.set(name, `${checked}//# sourceMappingURL=${name}.map\n`);
  }
  for (const name of ['telnyx.js', 'twilio.js', 'sip.js']) {
    modules.set(`vendor/${name}`, readFileSync(join(VENDORS, name), 'utf8'));
  }
  // All but the hash of the file in which they stand: the loader has that one.
  const { 'app.js': _, ...known } = fileTable(modules);
  const app = modules.get('app.js') ?? '';
  modules.set('app.js', withLine(app, `Object.assign(_load_.files,${JSON.stringify(known)});`));
  for (const [name, text] of modules) files.set(name, text);

  const [script, map] = await buildLoader();
  files.set('loader.js', withLine(script, `})(${JSON.stringify(fileTable(modules, FIRST))});`));
  files.set('loader.js.map', map);
  for (const [name, text] of files) write(name, text);
  writeHashes(files);
}

type Built = readonly [name: string, code: string, map: string];

/**
 * `app.js` with everything that it needs at once in one file, and its later chunks. What several of those need is one file
 * too: a round trip costs more than the bytes. Rolldown, because esbuild makes a file of its own of whatever two chunks share.
 */
async function buildApp(): Promise<readonly Built[]> {
  const atOnce = await staticImportsOf(APP);
  return bundle(
    { input: { app: APP, numbers: NUMBERS } },
    {
      codeSplitting: {
        includeDependenciesRecursively: false,
        groups: [
          { name: 'app', test: (id) => atOnce.has(relative(PROJECT_ROOT, id)), priority: 2 },
          { name: 'calls', test: /[\\/]src[\\/](?!widget|numbers)/, minShareCount: 2, priority: 1 },
        ],
      },
    },
  );
}

/** `tel-links.js` alone: a page that watches its links must not pay for `app.js`. The numbers are the same file for both. */
const buildTelLinks = (): Promise<readonly Built[]> =>
  bundle(
    { input: { 'tel-links': TEL_LINKS }, external: /[\\/]numbers[\\/]index\.[jt]s$/ },
    {
      paths: (id) => (/[\\/]numbers[\\/]index\.[jt]s$/.test(id) ? './numbers.js' : id),
    },
  );

async function bundle(input: InputOptions, output: OutputOptions): Promise<readonly Built[]> {
  const build = await rolldown({
    cwd: PROJECT_ROOT,
    platform: 'browser',
    preserveEntrySignatures: 'allow-extension',
    resolve: { extensionAlias: { '.js': ['.ts', '.js'] } },
    transform: { target: 'es2022', define },
    plugins: [
      { name: 'compact-sheets', load: (id) => (SHEETS.test(id) ? compactSheetsOf(id) : null) },
    ],
    ...input,
  });
  const { output: files } = await build.generate({
    format: 'esm',
    minify: true,
    sourcemap: 'hidden',
    entryFileNames: '[name].js',
    chunkFileNames: '[name]-[hash].js',
    ...output,
  });
  await build.close();
  return files.flatMap((file): readonly Built[] =>
    file.type === 'chunk' ? [[file.fileName, `${file.code.trimEnd()}\n`, String(file.map)]] : [],
  );
}

/** Paths of a module and of all that it imports statically. */
async function staticImportsOf(entry: string): Promise<ReadonlySet<string>> {
  const { metafile } = await build({
    absWorkingDir: PROJECT_ROOT,
    entryPoints: [entry],
    outdir: FOLDER,
    bundle: true,
    splitting: true,
    format: 'esm',
    write: false,
    metafile: true,
    logLevel: 'error',
  });
  const found = new Set<string>();
  const visit = (path: string): void => {
    if (found.has(path)) return;
    found.add(path);
    for (const imported of metafile.inputs[path]?.imports ?? []) {
      if (imported.kind === 'import-statement' && !imported.external) visit(imported.path);
    }
  };
  visit(entry);
  return found;
}

/** The loader without its last line, which closes the function around it and hands in the table. */
async function buildLoader(): Promise<readonly [script: string, map: string]> {
  const { outputFiles } = await build({
    absWorkingDir: PROJECT_ROOT,
    entryPoints: { loader: LOADER },
    outdir: FOLDER,
    bundle: true,
    format: 'esm',
    minify: true,
    write: false,
    platform: 'browser',
    target: 'es2022',
    sourcemap: 'linked',
    define,
    plugins: [compactSheetsPlugin],
    banner: { js: '(FILES=>{' },
  });
  const text = (end: string): string =>
    outputFiles.find(({ path }) => path.endsWith(end))?.text ?? '';
  return [text('.js'), text('.map')];
}

/** Adds a line at the end of a script, before the one that names its source map. */
const withLine = (script: string, line: string): string =>
  script.replace(/(?=\/\/# sourceMappingURL=)/, () => `${line}\n`);

function write(name: string, text: string): void {
  const path = join(FOLDER, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

/** Writes `integrity.json` for whoever pins files, and prints the hashes and the snippet of this version. */
function writeHashes(embed: ReadonlyMap<string, string>): void {
  const single = readFileSync(join(PROJECT_ROOT, 'dist/umd/everdial.js'), 'utf8');
  const scripts = [...embed].filter(([name]) => name.endsWith('.js'));
  const hashes = Object.fromEntries([
    ...scripts.sort().map(([name, text]) => [`dist/embed/${name}`, `sha384-${sha384(text)}`]),
    ['dist/umd/everdial.js', `sha384-${sha384(single)}`],
  ]) as Readonly<Record<string, string>>;
  const snippet =
    `<script async src="https://cdn.jsdelivr.net/npm/everdial@${version}/dist/embed/loader.js"\n` +
    `  integrity="${hashes['dist/embed/loader.js']}" crossorigin="anonymous"></script>`;
  write('integrity.json', `${JSON.stringify({ version, files: hashes, snippet }, undefined, 2)}\n`);
  for (const [name, hash] of Object.entries(hashes)) console.log(`${hash}  ${name}`);
  console.log(snippet);
}
