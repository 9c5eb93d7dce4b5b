import { dirname, join } from 'node:path/posix';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { projectFiles, projectJson, projectText } from './project-files.js';

const parse = (text: string): ts.SourceFile =>
  ts.createSourceFile('source.ts', text, ts.ScriptTarget.ES2022, true);

/** What applications can import, as `path#name` of the file that declares it. */
const publicNames = new Set(
  projectJson<{ readonly entryPoints: readonly string[] }>('typedoc.json').entryPoints.flatMap(
    (path) =>
      parse(projectText(path)).statements.flatMap((statement) => handedOut(path, statement)),
  ),
);

function handedOut(path: string, statement: ts.Statement): readonly string[] {
  if (!ts.isExportDeclaration(statement)) {
    const isNamed = isExported(statement) && 'name' in statement;
    return isNamed ? [`${path}#${(statement.name as ts.Identifier).text}`] : [];
  }
  const { exportClause, moduleSpecifier } = statement;
  if (!exportClause || !ts.isNamedExports(exportClause) || !moduleSpecifier) return [];
  const from = join(dirname(path), (moduleSpecifier as ts.StringLiteral).text);
  return exportClause.elements.map(({ name }) => `${from.replace(/\.js$/, '.ts')}#${name.text}`);
}

/** Names of what a file exports that have no doc comment; of what is public the members, too. */
function undocumented(text: string, isPublic: (name: string) => boolean): readonly string[] {
  const source = parse(text);
  return source.statements.flatMap((statement) => {
    if (!isExported(statement)) return [];
    const own = hasDoc(statement) ? [] : [nameOf(statement)];
    const members = membersOf(statement, isPublic).filter((member) => !hasDoc(member));
    return [...own, ...members.map(nameOf)];
  });
}

function isExported(statement: ts.Statement): boolean {
  if (!ts.canHaveModifiers(statement)) return false;
  return (
    ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false
  );
}

/** What others see of a class or an interface. An overload, a constructor and a private name need no words of their own. */
function membersOf(
  statement: ts.Statement,
  isPublic: (name: string) => boolean,
): readonly ts.Node[] {
  if (!ts.isInterfaceDeclaration(statement) && !ts.isClassDeclaration(statement)) return [];
  if (!isPublic(statement.name?.text ?? '')) return [];
  if (ts.isInterfaceDeclaration(statement)) return statement.members;
  return statement.members.filter((member) => {
    if (ts.isConstructorDeclaration(member) || member.name === undefined) return false;
    return !ts.isPrivateIdentifier(member.name) && isFirst(member);
  });
}

function isFirst(member: ts.ClassElement): boolean {
  const name = member.name?.getText();
  const { members } = member.parent as ts.ClassDeclaration;
  return members.find((other) => other.name?.getText() === name) === member;
}

function hasDoc(node: ts.Node): boolean {
  return ts.getJSDocCommentsAndTags(node).some(ts.isJSDoc);
}

function nameOf(node: ts.Node): string {
  const parent = ts.isSourceFile(node.parent) ? '' : `${nameOf(node.parent)}.`;
  const text = node.getText().split(/[\n{=(;]/)[0] ?? '';
  return parent + text.trim();
}

test('the public names are known', () => {
  expect([...publicNames]).toEqual(
    expect.arrayContaining([
      'src/dialer/dialer.ts#Dialer',
      'src/dialer/call.ts#Call',
      'src/providers/provider.ts#Leg',
      'src/providers/telnyx/index.ts#telnyx',
    ]),
  );
});

test.each(projectFiles('src'))('what $path exports is explained', ({ path, text }) => {
  expect(undocumented(text, (name) => publicNames.has(`${path}#${name}`))).toEqual([]);
});

test('the rule bites', () => {
  const text = `
    export const a = 1;
    /** Explained. */
    export interface B {
      c: number;
      /** Explained. */
      d: number;
    }
    /** Explained. */
    export class E { #private = 1; f = 2; g(): void {} constructor() {} }
    const h = 1;`;
  expect(undocumented(text, () => false)).toEqual(['export const a']);
  expect(undocumented(text, () => true)).toEqual([
    'export const a',
    'export interface B.c: number',
    'export class E.f',
    'export class E.g',
  ]);
});
