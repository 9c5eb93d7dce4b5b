import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import type { RequestHandler } from '../test/lab/net/web-server.js';
import { PROJECT_ROOT } from '../test/lab/root.js';

/** A page of a site: the one that is built from a script, or one that stands as it is. */
export interface SitePage {
  /** The script, from the top of the project. Left out: nothing is built. */
  readonly entry?: string | undefined;
  /** What stands in the body before the script. */
  readonly body: string;
}

const DIST = join(PROJECT_ROOT, 'dist');
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
};

/** Why there is nothing to measure: the build is missing, or older than the sources. */
export function reasonForNoBuild(): string | undefined {
  if (!existsSync(join(DIST, 'embed/loader.js'))) return 'there is no build: npm run build';
  const builtAt = statSync(join(DIST, 'index.js')).mtimeMs;
  const isNewer = (file: string): boolean => statSync(file).mtimeMs > builtAt;
  const changed = filesBelow(join(PROJECT_ROOT, 'src')).some(isNewer);
  return changed ? 'the build is older than the sources: npm run build' : undefined;
}

/**
 * Builds pages for production over `dist`, by Vite and minified, as a site does it, and serves them gzipped: each as
 * `/site/<name>/index.html`, the script-tag build below `/everdial/`.
 */
export async function buildSite(
  pages: Readonly<Record<string, SitePage>>,
): Promise<RequestHandler> {
  const files = new Map<string, Buffer>();
  for (const [name, { entry, body }] of Object.entries(pages)) {
    const html = pageWith(body, entry);
    const built =
      entry === undefined
        ? [['index.html', html] as const]
        : await buildWithVite(html, join(PROJECT_ROOT, entry));
    for (const [file, text] of built) files.set(`/site/${name}/${file}`, gzipSync(text));
  }
  for (const path of filesBelow(join(DIST, 'embed'))) {
    if (path.endsWith('.js'))
      files.set(`/everdial/${relative(DIST, path)}`, gzipSync(readFileSync(path)));
  }
  return (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://site');
    const body = files.get(pathname);
    if (body === undefined) return false;
    response
      .writeHead(200, {
        'content-type': TYPES[extname(pathname)] ?? 'application/octet-stream',
        'content-encoding': 'gzip',
        'content-length': body.length,
        'cache-control': 'no-store',
      })
      .end(body);
    return true;
  };
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => join(folder, path))
    .filter((path) => statSync(path).isFile());
}

/** A page whose button is out of sight until somebody scrolls to it. */
function pageWith(body: string, entry: string | undefined): string {
  const script =
    entry === undefined
      ? ''
      : `<script type="module">import ${JSON.stringify(join(PROJECT_ROOT, entry))};</script>`;
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>A shop</title><link rel="icon" href="data:,"></head>
<body><div style="height:3000px">Far above</div>${body}${script}</body>
</html>
`;
}

async function buildWithVite(
  html: string,
  entry: string,
): Promise<readonly (readonly [string, string])[]> {
  const isPage = {
    name: 'page',
    enforce: 'pre' as const,
    // `package.json` says of all files but a few that importing them alone does nothing.
    resolveId: (id: string) => (id === entry ? { id, moduleSideEffects: true } : undefined),
  };
  const root = mkdtempSync(join(tmpdir(), 'everdial-site-'));
  try {
    writeFileSync(join(root, 'index.html'), html);
    const result = await build({
      root,
      base: './',
      logLevel: 'error',
      configFile: false,
      plugins: [isPage],
      resolve: {
        alias: [
          { find: /^everdial$/, replacement: join(DIST, 'index.js') },
          { find: /^everdial\/(.+)$/, replacement: `${DIST}/$1.js` },
        ],
      },
      build: { write: false },
    });
    const outputs = Array.isArray(result) ? result : 'output' in result ? [result] : [];
    return outputs
      .flatMap(({ output }) => output)
      .map((file) => [file.fileName, file.type === 'chunk' ? file.code : String(file.source)]);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}
