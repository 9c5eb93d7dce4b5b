// Writes docs/failover.md by asking the real functions; with --check only tells whether it is current.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DialerError } from '../src/errors/dialer-error.js';
import { errorFromSip } from '../src/errors/sip.js';
import { DECISION_TABLE, type DecisionRow } from '../src/failover/decision-table.js';
import type { LegEvidence } from '../src/failover/failover-context.js';
import { rowFor } from '../src/failover/policy.js';
import type { LegPhase } from '../src/providers/provider.js';
import {
  ERRORS,
  errorOfTelnyx,
  explainBye,
  OWN_CAUSES,
  Q850_BY_NAME,
} from '../src/providers/telnyx/causes.js';
import { callError, endedBy } from '../src/providers/twilio/causes.js';
import { contextOf } from '../test/unit/failover/contexts.js';
import { CONDITION_TEXTS, REASONS, type RowId } from './failover-reasons.js';
import { PROJECT_ROOT } from './root.js';

/** Where the page is. */
export const FAILOVER_PAGE = join(PROJECT_ROOT, 'docs/failover.md');

/** What an input means: before and after a telephone rang, and whether it proves the end. */
interface Meaning {
  readonly early: DialerError;
  readonly ringing: DialerError;
  readonly final: boolean;
}

function decisionOn(error: DialerError, phase: LegPhase, evidence: LegEvidence): string {
  const { action, id } = rowFor(contextOf(error, { phase, evidence }));
  return `[${action}](#${id})`;
}

const code = (text: string): string => `\`${text}\``;

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

function meaningCells({ early, ringing, final }: Meaning, canBeUnsent: boolean): readonly string[] {
  const evidence = final ? 'ended' : 'unknown';
  const after = decisionOn(ringing, 'progress', evidence);
  return [
    `[${code(early.code)}](errors.md#${early.code.replace('/', '-')})`,
    code(early.kind),
    ...(canBeUnsent ? [decisionOn(early, 'unsent', 'never-sent')] : []),
    decisionOn(early, 'sent', evidence),
    ringing.code === early.code ? after : `${after} (${code(ringing.code)})`,
  ];
}

const MEANING_HEAD = ['code', 'kind', 'sent, no progress', 'after ringing'];
const MEANING_HEAD_UNSENT = ['code', 'kind', 'never sent', 'sent, no progress', 'after ringing'];

/** One row for all inputs that mean the same. */
function grouped<Input>(
  inputs: readonly Input[],
  meaningOf: (input: Input) => Meaning,
  canBeUnsent: boolean,
): readonly (readonly [Input[], readonly string[]])[] {
  const groups = new Map<string, [Input[], readonly string[]]>();
  for (const input of inputs) {
    const cells = meaningCells(meaningOf(input), canBeUnsent);
    const group = groups.get(cells.join()) ?? [[], cells];
    group[0].push(input);
    groups.set(cells.join(), group);
  }
  return [...groups.values()];
}

const numbersFrom = (first: number, last: number): readonly number[] =>
  Array.from({ length: last - first + 1 }, (_, offset) => first + offset);

/** `1, 2, 5 – 9` */
function ranges(numbers: readonly number[]): string {
  const runs: [first: number, last: number][] = [];
  for (const number of numbers) {
    const run = runs.at(-1);
    if (run?.[1] === number - 1) run[1] = number;
    else runs.push([number, number]);
  }
  return runs
    .map(([first, last]) =>
      last - first > 1 ? `${first} – ${last}` : numbersFrom(first, last).join(', '),
    )
    .join(', ');
}

/** A table of numbers; those that mean as much as a number that nobody gives out are "any other". */
function numbersTable(
  name: string,
  numbers: readonly number[],
  meaningOf: (number: number) => Meaning,
  canBeUnsent = false,
): string {
  const [[, unknown]] = grouped([99_999], meaningOf, canBeUnsent) as [[number[], string[]]];
  const known = grouped(numbers, meaningOf, canBeUnsent).filter(
    ([, cells]) => cells.join() !== unknown.join(),
  );
  return table(
    [name, ...(canBeUnsent ? MEANING_HEAD_UNSENT : MEANING_HEAD)],
    [...known.map(([group, cells]) => [ranges(group), ...cells]), ['any other', ...unknown]],
  );
}

/** SIP responses beside which a cause means something else, or which usually come with it. */
const RESPONSES_BESIDE: Readonly<Record<string, readonly number[]>> = {
  NORMAL_CLEARING: [408, 480, 486, 487, 500, 503],
  CALL_REJECTED: [401, 403, 407, 603],
  NO_ANSWER: [408, 480],
  REDIRECTION_TO_NEW_DESTINATION: [301, 410],
  NORMAL_UNSPECIFIED: [480, 503],
  OUTGOING_CALL_BARRED: [403],
  INCOMING_CALL_BARRED: [403],
};

function meaningOfBye(cause: string, sipCode?: number, sipReason?: string): Meaning {
  const explain = (ringing: boolean) =>
    explainBye({ cause, sipCode, sipReason }, { route: 'telnyx', ringing, answered: false });
  const { error, final } = explain(false);
  const { error: ringing } = explain(true);
  if (!error || !ringing) throw new Error(`${cause} is no failure`);
  return { early: error, ringing, final };
}

function telnyxCauses(): string {
  const causes = [
    ...Object.keys(Q850_BY_NAME),
    ...Object.keys(OWN_CAUSES),
    'CALL_AWARDED_DELIVERED',
    'UNSPECIFIED',
  ];
  const rows = causes.flatMap((cause) => {
    const responses = [undefined, ...(RESPONSES_BESIDE[cause] ?? [])];
    return grouped(responses, (sipCode) => meaningOfBye(cause, sipCode), false).map(
      ([group, cells]) => {
        const number = Q850_BY_NAME[cause] === undefined ? '' : ` (${Q850_BY_NAME[cause]})`;
        return [code(cause) + number, group.map((sip) => sip ?? 'none').join(', '), ...cells];
      },
    );
  });
  return table(['cause', 'with SIP', ...MEANING_HEAD], rows);
}

function telnyxReasons(): string {
  const codes = [
    ...numbersFrom(0, 99).map((number) => `D${number}`),
    ...numbersFrom(1, 9).map((number) => `PE${number}`),
    'TM1',
  ];
  const meaningOf = (reason: string) => meaningOfBye('CALL_REJECTED', 403, reason);
  // D0 is none of Telnyx's.
  const [others, ...rows] = grouped(codes, meaningOf, false);
  return table(
    ["Telnyx's code", ...MEANING_HEAD],
    [
      ...rows.map(([group, cells]) => [group.join(' '), ...cells]),
      ['any other', ...(others?.[1] ?? [])],
    ],
  );
}

function telnyxErrors(): string {
  const numbers = Object.keys(ERRORS).map(Number);
  const meaningOf = (number: number): Meaning => {
    const error = errorOfTelnyx(number, 'telnyx');
    return { early: error, ringing: error, final: true };
  };
  return numbersTable(
    'error',
    numbers.sort((one, other) => one - other),
    meaningOf,
    true,
  );
}

function twilioCodes(): string {
  const families = [
    numbersFrom(10_000, 14_999),
    numbersFrom(20_000, 21_999),
    numbersFrom(31_000, 32_999),
    numbersFrom(53_000, 53_999),
  ];
  const meaningOf = (number: number): Meaning => {
    const told = { code: number, originalError: { code: number } };
    const [early, ringing] = [false, true].map((rang) =>
      callError(told, { route: 'twilio', ringing: rang }),
    ) as [DialerError, DialerError];
    return { early, ringing, final: endedBy(told).final };
  };
  return numbersTable('number', families.flat(), meaningOf, true);
}

const meaningOfNumbers = (sipCode: number | undefined, q850Cause?: number): Meaning => ({
  early: errorFromSip(sipCode, { q850Cause }),
  ringing: errorFromSip(sipCode, { q850Cause, ringing: true }),
  final: true,
});

function decisionTable(): string {
  const rows: readonly DecisionRow[] = DECISION_TABLE;
  const all = (names: readonly string[] | undefined) => names?.map(code).join(' ') ?? 'any';
  return table(
    ['row', 'evidence', 'phase', 'kind', 'only if', 'decision', 'because'],
    rows.map(({ id, when, action }) => [
      `<a id="${id}"></a>${code(id)}`,
      all(when.evidence && [when.evidence]),
      all(when.phase),
      all(when.kind),
      when.if ? CONDITION_TEXTS[when.if] : '',
      `**${action}**`,
      REASONS[id as RowId],
    ]),
  );
}

const MEANING_NOTE =
  'Each decision names its row above; taken are a first attempt, another route left, and less than eight seconds.';

/** The whole page. */
export function renderFailoverPage(): string {
  return `${[
    '<!-- Generated by scripts/docs-failover.ts. Change src/failover/decision-table.ts and the tables of causes instead. -->',
    '# Decisions after a failure',
    'What the standard policy, `createFailover()`, decides when an attempt has failed, and what a word of each carrier counts as. How to use and replace it: [When a carrier fails](guide/failover.md).',
    '**next** dials over the next route · **refresh-token** dials once more over the same one with a fresh token · **ask** ends the call and advises to ask the person before anything is dialled again · **stop** ends the call and reports the failure.',
    '## The table',
    'The first row that applies decides: behind `unproven` the call was never sent or is proven over, behind `rang-account` nothing has rung. Whatever a policy returns, the Dialer dials again only while nothing was sent, or when the last call is proven over and showed no progress.',
    decisionTable(),
    '`maxSwitches` is 1, `withinMs` 8000 and `crossCheckNumber` off unless `createFailover` is told otherwise. Attempts that were never sent use up no switch, and neither does the repeat with a fresh token.',
    '## Telnyx: why it ended a call',
    `By the \`cause\` of its BYE. \`CRASH\`, \`SYSTEM_SHUTDOWN\` and \`CALL_AWARDED_DELIVERED\` prove no end. ${MEANING_NOTE}`,
    telnyxCauses(),
    'Codes of its own, in the reason of the SIP response, say more than both. Shown beside `CALL_REJECTED` and 403; the codes of `provider/misconfigured` count beside 403 only.',
    telnyxReasons(),
    '## Telnyx: errors of its SDK',
    'They prove nothing by themselves: once the call was sent, the decision is [ask](#unproven) until its end is proven another way. Then it is as shown.',
    telnyxErrors(),
    '## Twilio',
    'By the number of the gateway where it tells one, else by that of the SDK. Where it is a word of the SDK alone, it proves no end, and the decision is [ask](#unproven) once the call was sent.',
    twilioCodes(),
    'Of the device, 31000, 31005 and 53001 are `provider/unreachable`.',
    '## SIP',
    'Final responses to an INVITE, as a provider over SIP reports them. A Q.850 cause beside 403, 404, 408, 480 and 5xx may say more.',
    numbersTable('response', numbersFrom(300, 699), (number) => meaningOfNumbers(number)),
    '## Q.850',
    'Where there is no SIP response.',
    numbersTable('cause', numbersFrom(0, 127), (number) => meaningOfNumbers(undefined, number)),
  ].join('\n\n')}\n`;
}

/** Writes the page, or with `--check` compares it. Returns the exit code. */
export function main(args: readonly string[]): number {
  const page = renderFailoverPage();
  if (!args.includes('--check')) {
    writeFileSync(FAILOVER_PAGE, page);
    return 0;
  }
  if (currentPage() === page) return 0;
  console.error('docs/failover.md is not current: run scripts/docs-failover.ts');
  return 1;
}

function currentPage(): string | undefined {
  try {
    return readFileSync(FAILOVER_PAGE, 'utf8');
  } catch {
    return undefined;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  process.exitCode = main(process.argv.slice(2));
