import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';
import ts from 'typescript';

/** Paths of the widget's style sheets: modules whose template strings are CSS. */
export const SHEETS = /[\\/]src[\\/](widget|embed)[\\/].*styles([\\/].*)?\.ts$/;
/** What must be left alone, a comment, or white space with the signs beside it that need none. */
const PIECES =
  /"[^"]*"|'[^']*'|(?:(?:\s|\/\*[\s\S]*?\*\/)*[{};,])+(?:\s|\/\*[\s\S]*?\*\/)*|:\s+|(?:\s|\/\*[\s\S]*?\*\/)+/g;

const COMMENTS = /\/\*[\s\S]*?\*\//g;

/** CSS without comments, line breaks and indents. */
function compactCss(css: string): string {
  return css.replace(PIECES, (piece) => {
    if (/^["']/.test(piece)) return piece;
    return piece.replace(COMMENTS, '').replace(/\s/g, '').replaceAll(';}', '}') || ' ';
  });
}

/** A module with {@link compactCss} in its template strings; names, comments and code stay as they are. */
export function compactSheets(code: string): string {
  const changes: { readonly start: number; readonly end: number; readonly text: string }[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isTemplateLiteralToken(node)) {
      // Without the signs around it: a space behind `${…}` means something.
      const start = node.getStart(file) + 1;
      const end = node.end - (code.endsWith('`', node.end) ? 1 : 2);
      changes.push({ start, end, text: compactCss(code.slice(start, end)) });
    }
    ts.forEachChild(node, visit);
  };
  const file = ts.createSourceFile('sheet.ts', code, ts.ScriptTarget.Latest);
  visit(file);
  let compact = code;
  for (const { start, end, text } of changes.reverse()) {
    compact = compact.slice(0, start) + text + compact.slice(end);
  }
  return compact;
}

/** The text of a module of style sheets, made small: minifiers leave strings alone. */
export const compactSheetsOf = async (path: string): Promise<string> =>
  compactSheets(await readFile(path, 'utf8'));

/** For esbuild: {@link compactSheetsOf} for each module of style sheets. */
export const compactSheetsPlugin: Plugin = {
  name: 'compact-sheets',
  setup(build) {
    build.onLoad({ filter: SHEETS }, async ({ path }) => ({
      contents: await compactSheetsOf(path),
      loader: 'ts',
    }));
  },
};
