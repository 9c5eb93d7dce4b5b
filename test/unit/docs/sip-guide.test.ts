// @vitest-environment node
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { errorFromSip, meaningOfSip } from '../../../src/errors/sip.js';
import type { LegPhase } from '../../../src/providers/provider.js';
import { projectText } from '../../architecture/project-files.js';
import { decideOn } from '../failover/contexts.js';

const guide = projectText('docs/providers/sip.md');

/** The rows of the table whose head begins with `head`, without the ticks of code. */
function tableRows(head: string): readonly (readonly string[])[] {
  const lines = guide.split('\n');
  const start = lines.findIndex((line) => line.startsWith(`| ${head} |`));
  const rows = lines.slice(start + 2);
  return rows
    .slice(0, rows.indexOf(''))
    .map((line) => line.split('|').slice(1, -1))
    .map((cells) => cells.map((cell) => cell.trim().replaceAll('`', '')));
}

/** Name and default of every property of an interface in `options.ts`; `required` where it may not be left out. */
function propertiesOf(name: string): readonly (readonly [string, string])[] {
  const path = 'src/providers/sip/options.ts';
  const source = ts.createSourceFile(path, projectText(path), ts.ScriptTarget.Latest, true);
  const found = source.statements.find(
    (node) => ts.isInterfaceDeclaration(node) && node.name.text === name,
  );
  if (!found || !ts.isInterfaceDeclaration(found)) throw new Error(`${name} is not in ${path}`);
  return found.members.filter(ts.isPropertySignature).map((member) => {
    const tag = ts.getJSDocTags(member).find(({ tagName }) => tagName.text === 'defaultValue');
    const told = ts.getTextOfJSDocComment(tag?.comment)?.replaceAll('`', '') ?? 'none';
    return [member.name.getText(source), member.questionToken ? told : 'required'];
  });
}

/** `404, 410–412` as numbers; none for "any other". */
const numbersOf = (cell: string): readonly number[] =>
  [...cell.matchAll(/(\d+)(?:–(\d+))?/g)].flatMap(([, first, last = first]) =>
    Array.from({ length: Number(last) - Number(first) + 1 }, (_, step) => Number(first) + step),
  );

/** What the table says of one response: code, decision before and after ringing. */
function told(sipCode: number): readonly unknown[] {
  const rows = tableRows('response');
  const row = rows.find(([cell = '']) => numbersOf(cell).includes(sipCode)) ?? rows.at(-1) ?? [];
  return row.slice(1, 4);
}

/** What the code does with it, in the words of the table. */
function done(sipCode: number): readonly unknown[] {
  const decision = (ringing: boolean, phase: LegPhase): string =>
    decideOn(errorFromSip(sipCode, { ringing }), { phase, evidence: 'ended' });
  const before = errorFromSip(sipCode).code;
  const after = errorFromSip(sipCode, { ringing: true }).code;
  const late = decision(true, 'progress');
  return [before, decision(false, 'sent'), after === before ? late : `${late} (${after})`];
}

describe('the guide of the SIP provider', () => {
  test('has every option with its default, and no other', () => {
    const named = tableRows('option').map(([name, standard]) => [name, standard]);
    expect(named).toEqual(propertiesOf('SipOptions'));
  });

  test('has every field of a server with its default, and no other', () => {
    const named = tableRows('field').map(([name, standard]) => [name, standard]);
    expect(named).toEqual(propertiesOf('SipServer'));
  });

  test('names no response twice', () => {
    const named = tableRows('response').flatMap(([cell = '']) => numbersOf(cell));
    expect(named.length).toBeGreaterThan(300);
    expect(new Set(named).size).toBe(named.length);
  });

  test('says of every response what it means here and what is done about it', () => {
    const finals = Array.from({ length: 400 }, (_, step) => 300 + step);
    const wrong = finals.filter((code) => told(code).join() !== done(code).join());
    expect(wrong.map((code) => [code, told(code), done(code)])).toEqual([]);
  });

  test('leaves to "any other" only what explains nothing', () => {
    const named = new Set(tableRows('response').flatMap(([cell = '']) => numbersOf(cell)));
    const finals = Array.from({ length: 400 }, (_, step) => 300 + step);
    const missing = finals.filter((code) => meaningOfSip(code) && !named.has(code));
    expect(missing).toEqual([]);
  });

  test('has links to its own sections that exist', () => {
    const anchors = [...guide.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
      title
        .toLowerCase()
        .replaceAll(/[^\w -]/g, '')
        .replaceAll(' ', '-'),
    );
    const links = [...guide.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor = '']) => anchor);
    expect(links.length).toBeGreaterThan(0);
    expect(links.filter((anchor) => !anchors.includes(anchor))).toEqual([]);
  });

  test('has a language on each block of code, but on what no highlighter knows', () => {
    const fences = [...guide.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)];
    const bare = fences.filter(([, language]) => language === '');
    expect(fences.length).toBeGreaterThan(10);
    expect(bare.map(([, , text = '']) => text.split('\n')[0])).toEqual(['#!KAMAILIO']);
  });

  test('has examples in TypeScript and JavaScript without a mistake in their grammar', () => {
    const blocks = [...guide.matchAll(/^```(?:ts|js)\n([\s\S]*?)^```$/gm)];
    const faults = blocks.flatMap(
      ([, text = '']) => ts.transpileModule(text, { reportDiagnostics: true }).diagnostics ?? [],
    );
    expect(blocks.length).toBeGreaterThan(3);
    expect(faults.map(({ messageText }) => messageText)).toEqual([]);
  });
});
