import ts from 'typescript';

/** A source text with one entry of one table changed. */
export interface Mutant {
  /** What was changed, with its line. */
  readonly name: string;
  /** The whole text of the changed file. */
  readonly text: string;
}

/** One change of a piece of text. */
interface Change {
  readonly node: ts.Node;
  readonly to: string;
  readonly what: string;
}

/** Something else than what stands there, so that no change leaves everything as it was. */
const OTHER: Readonly<Record<string, string>> = {
  next: 'stop',
  stop: 'next',
  ask: 'stop',
  'refresh-token': 'next',
};

const otherAction = (action: string): string => OTHER[action] ?? 'stop';
const otherCode = (code: string): string =>
  code === 'call/busy' ? 'provider/server-error' : 'call/busy';
const otherKind = (kind: string): string => (kind === 'callee' ? 'infrastructure' : 'callee');

/**
 * Every mutant of the named tables of a source file: each entry left out, each value replaced by another one.
 * @throws Error for a table that is not there, or has a shape that is not known here.
 */
export function tableMutants(path: string, text: string, tables: readonly string[]): Mutant[] {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
  return tables.flatMap((table) =>
    changesOf(bare(initializer(source, table)), source).map(({ node, to, what }) => {
      const start = node.getStart();
      const { line } = source.getLineAndCharacterOfPosition(start);
      const mutated = text.slice(0, start) + to + text.slice(node.end);
      assertParses(path, mutated);
      return { name: `${path}:${line + 1} ${table}: ${what}`, text: mutated };
    }),
  );
}

function initializer(source: ts.SourceFile, table: string): ts.Expression {
  for (const statement of source.statements) {
    if (!ts.isVariableStatement(statement)) continue;
    for (const { name, initializer: value } of statement.declarationList.declarations) {
      if (name.getText() === table && value) return value;
    }
  }
  throw new Error(`No table ${table} in ${source.fileName}`);
}

/** Without `as const`, `satisfies`, `Object.freeze()` and `new Set()` around it. */
function bare(node: ts.Expression): ts.Expression {
  if (ts.isAsExpression(node) || ts.isSatisfiesExpression(node)) return bare(node.expression);
  const [first] =
    ts.isCallExpression(node) || ts.isNewExpression(node) ? (node.arguments ?? []) : [];
  return first ? bare(first) : node;
}

function changesOf(table: ts.Expression, source: ts.SourceFile): readonly Change[] {
  if (ts.isRegularExpressionLiteral(table)) return alternatives(table);
  if (ts.isArrayLiteralExpression(table)) return table.elements.flatMap((row) => rowChanges(row));
  if (ts.isObjectLiteralExpression(table)) {
    return table.properties.flatMap((property) => propertyChanges(property));
  }
  throw new Error(`A table of an unknown shape in ${source.fileName}: ${table.getText()}`);
}

/** `/^(a|b)$/` */
function alternatives(table: ts.RegularExpressionLiteral): readonly Change[] {
  const [, list = ''] = /^\/\^\((.*)\)\$\/$/.exec(table.text) ?? [];
  const words = list.split('|');
  return words.map((word) => ({
    node: table,
    to: `/^(${words.filter((other) => other !== word).join('|')})$/`,
    what: `without ${word}`,
  }));
}

/** A number of a list, a tuple, or a row of the decision table. */
function rowChanges(row: ts.Expression): readonly Change[] {
  if (ts.isArrayLiteralExpression(row)) return tupleChanges(row);
  if (ts.isObjectLiteralExpression(row)) return decisionChanges(row);
  return [leftOut(row, row.getText())];
}

/** `[code, numbers or words, kind?]` */
function tupleChanges(row: ts.ArrayLiteralExpression): readonly Change[] {
  const [code, list, kind] = row.elements;
  if (!code || !ts.isStringLiteral(code)) throw new Error(`Not a code: ${row.getText()}`);
  return [
    replaced(code, otherCode(code.text)),
    ...(list ? listChanges(list, code.text) : []),
    ...(kind ? kindChanges(kind) : []),
  ];
}

function listChanges(list: ts.Expression, of: string): readonly Change[] {
  if (ts.isArrayLiteralExpression(list)) {
    return list.elements.map((element) => leftOut(element, `${of} ${element.getText()}`));
  }
  if (!ts.isStringLiteral(list)) return kindChanges(list);
  if (!list.text.includes(' ')) return kindChanges(list);
  const words = list.text.split(' ');
  return words.map((word) => ({
    node: list,
    to: `'${words.filter((other) => other !== word).join(' ')}'`,
    what: `${of} without ${word}`,
  }));
}

const kindChanges = (kind: ts.Expression): readonly Change[] =>
  ts.isStringLiteral(kind)
    ? [replaced(kind, otherKind(kind.text)), { node: kind, to: 'undefined', what: 'without kind' }]
    : [];

/** `{ id, when, action }` */
function decisionChanges(row: ts.ObjectLiteralExpression): readonly Change[] {
  const part = (name: string) =>
    row.properties.filter(ts.isPropertyAssignment).find((one) => one.name.getText() === name)
      ?.initializer;
  const [id, when, action] = [part('id'), part('when'), part('action')];
  if (!id || !action || !ts.isStringLiteral(action) || !when || !ts.isObjectLiteralExpression(when))
    throw new Error(`Not a row: ${row.getText()}`);
  const name = id.getText();
  const conditions = when.properties.filter(ts.isPropertyAssignment).flatMap((condition) => {
    const list = condition.initializer;
    const each = ts.isArrayLiteralExpression(list) && list.elements.length > 1 ? list.elements : [];
    return [
      leftOut(condition, `${name} without ${condition.getText()}`),
      ...each.map((element) => leftOut(element, `${name} without ${element.getText()}`)),
    ];
  });
  return [
    leftOut(row, `without row ${name}`),
    { ...replaced(action, otherAction(action.text)), what: `${name}: ${otherAction(action.text)}` },
    ...conditions,
  ];
}

/** `name: number`, `name: code`, `number: [code, kind?]`, `name: condition`. */
function propertyChanges(property: ts.ObjectLiteralElementLike): readonly Change[] {
  const name = property.name?.getText() ?? '';
  if (ts.isShorthandPropertyAssignment(property)) return constants(property, name);
  if (!ts.isPropertyAssignment(property)) throw new Error(`Not a property: ${property.getText()}`);
  const value = property.initializer;
  if (ts.isArrowFunction(value)) return constants(property, name);
  const changes = ts.isArrayLiteralExpression(value)
    ? tupleChanges(value)
    : ts.isStringLiteral(value)
      ? [replaced(value, otherCode(value.text))]
      : [{ node: value, to: value.getText() === '127' ? '1' : '127', what: 'another number' }];
  return [
    leftOut(property, `without ${name}`),
    ...changes.map((change) => ({ ...change, what: `${name}: ${change.what}` })),
  ];
}

const constants = (property: ts.Node, name: string): readonly Change[] =>
  ['true', 'false'].map((value) => ({
    node: property,
    to: `${name}: () => ${value}`,
    what: `${name} always ${value}`,
  }));

const replaced = (node: ts.StringLiteral, by: string): Change => ({
  node,
  to: `'${by}'`,
  what: `${node.text} is ${by}`,
});

/** The comma behind it goes too. */
function leftOut(node: ts.Node, what: string): Change {
  const text = node.getSourceFile().text;
  const comma = /^\s*,/.exec(text.slice(node.end))?.[0].length ?? 0;
  const end = node.end + comma;
  return { node: { getStart: () => node.getStart(), end } as ts.Node, to: '', what };
}

function assertParses(path: string, text: string): void {
  const { diagnostics = [] } = ts.transpileModule(text, { reportDiagnostics: true });
  const [first] = diagnostics;
  if (first) throw new Error(`${path}: ${ts.flattenDiagnosticMessageText(first.messageText, ' ')}`);
}
