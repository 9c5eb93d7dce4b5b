// @vitest-environment node
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { PROJECT_ROOT } from '../../../scripts/root.js';
import { type ProjectFile, projectFiles, projectText } from '../../architecture/project-files.js';

/** One ` ```ts ` block of a page as a module, with the hidden lines of the comment `<!-- ts … -->` before it. */
interface Snippet {
  readonly name: string;
  readonly text: string;
}

const BLOCK = /(?:<!-- ts\n([\s\S]*?)-->\s*)?^```ts\n([\s\S]*?)^```$/gm;
const LINK = /\]\(([^)\s]+)\)/g;

const pages: readonly ProjectFile[] = [
  ...['README.md', 'CONTRIBUTING.md'].map((path) => ({ path, text: projectText(path) })),
  ...projectFiles('docs', /\.md$/).filter(({ path }) => !path.startsWith('docs/api/')),
];

const snippets = pages.flatMap(snippetsOf);

function snippetsOf({ path, text }: ProjectFile): readonly Snippet[] {
  return [...text.matchAll(BLOCK)].map(([, hidden = '', shown = ''], index) => ({
    name: `${path.replaceAll('/', '-')}-${index + 1}.ts`,
    text: `${hidden}\n${shown}\nexport {};\n`,
  }));
}

/** What the compiler says about all snippets, as `snippet:line message`. */
function compile(): readonly string[] {
  const config = ts.readConfigFile(join(PROJECT_ROOT, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, PROJECT_ROOT);
  const texts = new Map(snippets.map(({ name, text }) => [join(PROJECT_ROOT, 'docs', name), text]));
  const host = ts.createCompilerHost({ ...options, noUnusedLocals: false });
  const readFile = host.readFile.bind(host);
  const fileExists = host.fileExists.bind(host);
  const getSourceFile = host.getSourceFile.bind(host);
  host.readFile = (path) => texts.get(path) ?? readFile(path);
  host.fileExists = (path) => texts.has(path) || fileExists(path);
  host.getSourceFile = (path, languageVersion, ...rest) => {
    const text = texts.get(path);
    if (text === undefined) return getSourceFile(path, languageVersion, ...rest);
    return ts.createSourceFile(path, text, languageVersion, true);
  };
  const program = ts.createProgram([...texts.keys()], { ...options, noUnusedLocals: false }, host);
  return [...texts.keys()].flatMap((path) => {
    const source = program.getSourceFile(path);
    return ts
      .getPreEmitDiagnostics(program, source)
      .filter(({ file }) => file === source)
      .map(({ start = 0, messageText }) => {
        const line = (source?.getLineAndCharacterOfPosition(start).line ?? 0) + 1;
        return `${path.split('/').at(-1)}:${line} ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
      });
  });
}

describe('the documentation', () => {
  test('has examples', () => {
    expect(snippets.length).toBeGreaterThan(10);
  });

  test('has only examples that compile', () => {
    expect(compile()).toEqual([]);
  }, 60_000);

  test.each(pages)('$path links to files that exist', ({ path, text }) => {
    const links = [...text.matchAll(LINK)].map(([, link = '']) => link.split('#')[0] ?? '');
    const local = links.filter((link) => link !== '' && !/^[a-z]+:/.test(link));
    const broken = local.filter((link) => !existsSync(join(PROJECT_ROOT, dirname(path), link)));
    expect(broken).toEqual([]);
  });
});
