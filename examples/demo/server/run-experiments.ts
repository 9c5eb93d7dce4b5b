import type { CallOutcome, LegPhase } from 'everdial';
import type { LabPage } from '../../../test/lab/browser/open-page.js';
import { type ExperimentId, experiment } from '../experiments.js';
import type { DemoServer } from './demo-server.js';
import { ringsOf } from './phone-view.js';

/** What must come of an experiment. */
interface Expected {
  /** Carriers in order and how far each attempt came. */
  readonly attempts: readonly (readonly [carrier: string, phase: LegPhase])[];
  /** How often the phone rings, by its own count. */
  readonly rings: 0 | 1;
  readonly cause: CallOutcome['cause'];
  readonly redialAdvice: CallOutcome['redialAdvice'];
  /** How long the first carrier is given, from and to, milliseconds. */
  readonly firstMs?: readonly [number, number];
}

/** The caller hangs up while it rings over the second carrier. */
const SECOND = { rings: 1, cause: 'cancelled', redialAdvice: 'ok' } as const;

/** By the rules of docs/failover.md. The upper limits leave time to a busy machine. */
const EXPECTED: Readonly<Partial<Record<ExperimentId, Expected>>> = {
  refused: {
    ...SECOND,
    attempts: [
      ['telnyx', 'unsent'],
      ['twilio', 'progress'],
    ],
    firstMs: [0, 2_400],
  },
  'black-hole': {
    ...SECOND,
    attempts: [
      ['telnyx', 'unsent'],
      ['twilio', 'progress'],
    ],
    firstMs: [2_400, 5_000],
  },
  busy: {
    attempts: [['telnyx', 'acknowledged']],
    rings: 0,
    cause: 'busy',
    redialAdvice: 'ok',
  },
  'no-capacity': {
    ...SECOND,
    attempts: [
      ['telnyx', 'acknowledged'],
      ['twilio', 'progress'],
    ],
  },
  lost: {
    ...SECOND,
    attempts: [
      ['telnyx', 'sent'],
      ['twilio', 'progress'],
    ],
    firstMs: [3_000, 7_000],
  },
  'lost-unproven': {
    attempts: [['telnyx', 'acknowledged']],
    rings: 1,
    cause: 'unknown-outcome',
    redialAdvice: 'ask',
  },
  cut: {
    attempts: [['telnyx', 'answered']],
    rings: 1,
    cause: 'completed',
    redialAdvice: 'ok',
  },
};

/** Longer than any of these waits should take on a busy machine. */
const WAIT_MS = 15_000;

type Page = LabPage['page'];

const NAME_WIDTH = 20;

/** Runs the experiments with the buttons of the page, prints a line for each and returns what was wrong. */
export async function runExperiments(demo: DemoServer, page: LabPage): Promise<readonly string[]> {
  const wrong: string[] = [];
  console.log('\nBreak it');
  for (const [id, expected] of Object.entries(EXPECTED) as [ExperimentId, Expected][]) {
    const { name } = experiment(id);
    try {
      wrong.push(...(await run(id, expected, demo, page)).map((text) => `${name}: ${text}`));
    } catch (error) {
      wrong.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return wrong;
}

async function run(
  id: ExperimentId,
  expected: Expected,
  { lab }: DemoServer,
  { page }: LabPage,
): Promise<readonly string[]> {
  const before = await page.evaluate(() => globalThis.everdialDemo.call?.id);
  const button = page.locator(`#experiments [value=${id}]`);
  await ((await button.count()) > 0 ? button : page.locator('#experiment-next')).click();
  await page.waitForFunction((old) => globalThis.everdialDemo.call?.id !== old, before);
  const stuck = await play(page, expected, experiment(id).whileTalking === true);
  const seen = await page.evaluate(readEnd);
  const rings = ringsOf(lab.network.events, seen.id);
  const path = seen.attempts.map(({ provider, phase }) => `${provider} ${phase}`).join(', ');
  const ends = `${seen.cause}, redial ${seen.redialAdvice}`;
  const times = rings === 0 ? 'no ring' : rings === 1 ? 'rang once' : `rang ${rings} times`;
  console.log(`  ${experiment(id).name.padEnd(NAME_WIDTH)}${times}; ${path}; ${ends}`);
  const firstMs = seen.attempts[0]?.ms ?? 0;
  const [fromMs, toMs] = expected.firstMs ?? [0, Number.POSITIVE_INFINITY];
  const checks: readonly (readonly [boolean, string])[] = [
    [stuck === '', stuck],
    [rings === expected.rings, `the phone rang ${rings} times, not ${expected.rings}`],
    [path === expected.attempts.map((one) => one.join(' ')).join(', '), `it went ${path}`],
    [seen.cause === expected.cause, `it ended as ${seen.cause}, not ${expected.cause}`],
    [seen.redialAdvice === expected.redialAdvice, `the advice was ${seen.redialAdvice}`],
    [firstMs >= fromMs && firstMs <= toMs, `the first carrier was given ${firstMs.toFixed(0)} ms`],
    [seen.verdict !== '' && seen.reason !== '', 'the page explained nothing'],
    [await showsRings(page, rings), `the page did not show ${rings} rings`],
    [seen.askedFirst === (expected.redialAdvice === 'ask'), 'redialReason was not on screen'],
  ];
  return checks.filter(([right]) => !right).map(([, text]) => text);
}

/** Plays visitor and callee until the call is over, whatever comes. Returns what was waited for in vain. */
async function play(page: Page, { attempts }: Expected, talks: boolean): Promise<string> {
  let stuck = '';
  try {
    if (talks) {
      await waitFor(page, '#phone', 'ringing');
      await page.click('#answer');
      await waitFor(page, '#panel', 'reconnecting');
      await waitFor(page, '#panel', 'active');
    } else if (attempts.at(-1)?.[1] === 'progress') {
      await waitFor(page, '#panel', 'ringing');
    } else {
      await waitFor(page, '#panel', 'ended');
    }
  } catch (error) {
    stuck = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
  }
  await page.evaluate(() => globalThis.everdialDemo.call?.hangup());
  await waitFor(page, '#panel', 'ended');
  return stuck;
}

const waitFor = (page: Page, selector: string, state: string): Promise<unknown> =>
  page.waitForSelector(`${selector}[data-state=${state}]`, { timeout: WAIT_MS });

/** Whether the page comes to show this count; the lab's word travels for a moment. */
const showsRings = (page: Page, rings: number): Promise<boolean> =>
  page
    .waitForFunction(
      (text) => document.getElementById('ring-count')?.textContent === text,
      String(rings),
      { timeout: WAIT_MS },
    )
    .then(
      () => true,
      () => false,
    );

/** Runs in the page. */
function readEnd() {
  const { call } = globalThis.everdialDemo;
  if (!call?.outcome) throw new Error('The call is not over');
  const { cause, redialAdvice, redialReason, attempts } = call.outcome;
  const [verdict, reason, hint] = ['verdict', 'reason', 'hint'].map(
    (id) => document.getElementById(id)?.textContent ?? '',
  );
  return {
    id: call.id,
    cause,
    redialAdvice,
    attempts: attempts.map(({ provider, phase, startMs, endMs }) => ({
      provider,
      phase,
      ms: endMs - startMs,
    })),
    verdict,
    reason,
    askedFirst: redialReason !== undefined && hint === redialReason,
  };
}
