import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { build } from 'esbuild';
import { PAGES_ROOT, PROJECT_ROOT } from '../root.js';

/** How to build a page. */
export interface BuildPageOptions {
  /** What stands in the body before the script. @defaultValue nothing */
  readonly body?: string | undefined;
}

/**
 * Bundles a TypeScript file for the browser, with dynamic imports as chunks of their own, and puts a page around it.
 * @param entry - path, absolute or from the top of the project
 * @returns path of the page on the lab's server, such as `/pages/call-1a2b/index.html`
 */
export async function buildPage(entry: string, options: BuildPageOptions = {}): Promise<string> {
  const file = resolve(PROJECT_ROOT, entry);
  const name = basename(file).replace(/\.tsx?$/, '');
  // One folder for each process: test files run side by side.
  const key = createHash('sha256')
    .update(`${file}\n${options.body ?? ''}\n${process.pid}`)
    .digest('hex')
    .slice(0, 8);
  const folder = `${name}-${key}`;
  await build({
    entryPoints: { page: file },
    outdir: `${PAGES_ROOT}${folder}`,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    sourcemap: 'linked',
    chunkNames: 'chunk-[name]-[hash]',
    logLevel: 'silent',
  });
  await mkdir(`${PAGES_ROOT}${folder}`, { recursive: true });
  await writeFile(`${PAGES_ROOT}${folder}/index.html`, pageAround(name, options.body ?? ''));
  return `/pages/${folder}/index.html`;
}

/** Bundles a file into one classic script, as an init script needs it. */
export async function buildScript(entry: string): Promise<string> {
  const result = await build({
    entryPoints: [resolve(PROJECT_ROOT, entry)],
    bundle: true,
    write: false,
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    logLevel: 'silent',
  });
  return result.outputFiles[0]?.text ?? '';
}

function pageAround(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>${title}</title><link rel="icon" href="data:,"></head>
<body>${body}<script type="module" src="./page.js"></script></body>
</html>
`;
}
