import type { CallAttempt, CallOutcome, TimelineMark } from 'everdial';
import { launchBrowser } from '../../../test/lab/browser/launch-browser.js';
import { type LabPage, openPage } from '../../../test/lab/browser/open-page.js';
import type { PageTone } from '../../../test/lab/browser/page-side/probe-types.js';
import type { DemoServer } from './demo-server.js';
import { runExperiments } from './run-experiments.js';

/** What the page's microphone and the phone play, hertz. */
const PAGE_TONE = 700;
const PHONE_TONE = 1400;
/** How far a measured tone may be off, hertz. */
const TOLERANCE = 15;
const DIGITS = '123#';
const WAIT_MS = 30_000;

/** What is left of an outcome when it leaves the page. */
interface CallReport
  extends Pick<CallOutcome, 'cause' | 'confirmed' | 'media' | 'timeline' | 'qualitySummary'> {
  readonly id: string;
  readonly provider: string | undefined;
  readonly attempts: readonly (Pick<CallAttempt, 'attempt' | 'provider'> & { failed: boolean })[];
}

/**
 * Calls once over each carrier in a headless Chromium and runs the experiments, prints timelines and results, and says
 * whether all was as it should be.
 */
export async function runOnce(demo: DemoServer): Promise<boolean> {
  const browser = await launchBrowser();
  try {
    const page = await openPage(browser, { url: demo.url, microphone: { tone: PAGE_TONE } });
    // Nobody watches, and painting takes its time from the sound.
    await page.page.emulateMedia({ reducedMotion: 'reduce' });
    await page.page.waitForSelector('#panel[data-ready]');
    await page.page.getByLabel('Tone', { exact: true }).check({ force: true });
    const wrong = [
      ...(await callOver('telnyx', 'Call 1: both carriers work', demo, page)),
      ...(await callAfterFailure(demo, page)),
      ...(await runExperiments(demo, page)),
      ...(await checkComputer(page)),
    ];
    wrong.push(...[...page.consoleErrors, ...page.pageErrors].filter((text) => !isExpected(text)));
    for (const line of wrong) console.log(`wrong: ${line}`);
    console.log(
      wrong.length === 0
        ? 'demo: ok, 2 calls (telnyx, twilio), the phone rang once for each, sound and digits passed; each broken carrier ended as the rules say'
        : `demo: failed, ${wrong.length} wrong`,
    );
    return wrong.length === 0;
  } finally {
    await browser.close();
  }
}

async function callAfterFailure(demo: DemoServer, page: LabPage): Promise<readonly string[]> {
  await page.page.locator('#telnyx').getByLabel('Down').check({ force: true });
  await demo.lab.telnyx.settled();
  return callOver('twilio', 'Call 2: Telnyx refuses connections', demo, page);
}

/** A closed port is what was asked for, and browsers write it to the console. */
const isExpected = (text: string): boolean => text.includes('ERR_CONNECTION_REFUSED');

/** The same, with what was waited for in vain as something wrong. */
async function callOver(...call: Parameters<typeof drive>): Promise<readonly string[]> {
  try {
    return await drive(...call);
  } catch (error) {
    return [`${call[1]}: ${error instanceof Error ? error.message : String(error)}`];
  }
}

/** One call with the buttons of the page. Returns what was wrong with it. */
async function drive(
  carrier: string,
  title: string,
  { lab, number }: DemoServer,
  { page, remoteTone, resources }: LabPage,
): Promise<readonly string[]> {
  const phone = lab.network.phone(number);
  const ringsBefore = lab.network.rings(number);
  await page.click(button('call'));
  await page.waitForSelector('#phone[data-state=ringing]', { timeout: WAIT_MS });
  await page.click('#answer');
  await page.waitForSelector('#panel[data-state=active]', { timeout: WAIT_MS });
  const callId = await page.evaluate(() => globalThis.everdialDemo.call?.id ?? '');
  const heardByPhone = await phone.waitFor('tone', { callId, timeoutMs: WAIT_MS });
  const heardByPage = await listen(remoteTone);
  await page.click('#show-keypad');
  await page.keyboard.type(DIGITS);
  await phone.waitFor('digit', { callId, nth: DIGITS.length, timeoutMs: WAIT_MS });
  // The first measurement, as the panel shows it.
  await page.waitForSelector('#mos:not(:text("–"))', { timeout: WAIT_MS });
  const shown = await page.evaluate(readSound);
  await page.click(button('hang-up'));
  await page.waitForSelector('#panel[data-state=ended]', { timeout: WAIT_MS });
  const report = await page.evaluate(readReport);
  await phone.waitFor('hung-up', { callId, timeoutMs: WAIT_MS });
  const digits = phone.history.filter((event) => event.callId === callId && event.type === 'digit');
  printReport(title, report);
  const checks: readonly (readonly [boolean, string])[] = [
    [report?.provider === carrier, `the call went over ${report?.provider}, not ${carrier}`],
    [heardByPhone.carrier === carrier, `the phone was reached over ${heardByPhone.carrier}`],
    [lab.network.rings(number) === ringsBefore + 1, 'the phone did not ring exactly once'],
    [!lab.network.everRangTwice(), 'a call rang twice'],
    [near(heardByPhone.frequency, PAGE_TONE), `the phone heard ${heardByPhone.frequency} Hz`],
    [near(heardByPage.frequency, PHONE_TONE), `the page heard ${heardByPage.frequency} Hz`],
    [digits.map(({ digit }) => digit).join('') === DIGITS, 'the phone heard other digits'],
    [fair(report?.qualitySummary?.mos), `the quality summary says ${report?.qualitySummary?.mos}`],
    [fair(Number(shown.mos)), `the page shows the score ${shown.mos}`],
    [shown.security.startsWith('Encrypted'), `the page says of security: ${shown.security}`],
    [shown.problem === '', `the page tells of a problem: ${shown.problem}`],
    [report?.cause === 'completed', `the call ended as ${report?.cause}`],
    [report?.media.released === true, 'the microphone was not released'],
    [(await resources()).liveTracks === 0, 'a track is still live'],
  ];
  return checks.filter(([right]) => !right).map(([, text]) => `${title}: ${text}`);
}

/** Above what the worst call has and not above what the formula can give. */
const fair = (mos: number | undefined): boolean => mos !== undefined && mos > 1.5 && mos <= 4.5;

/** The big button, when it does this and a press would not pass for the second half of a double click. */
const button = (does: 'call' | 'hang-up'): string =>
  `#action[data-does=${does}]:not([aria-disabled=true])`;

const near = (frequency: number | undefined, expected: number): boolean =>
  Math.abs((frequency ?? 0) - expected) <= TOLERANCE;

/** Listens until the tone is there: the first packets may still wait in the browser's jitter buffer. */
async function listen(remoteTone: LabPage['remoteTone']): Promise<PageTone> {
  const untilMs = performance.now() + WAIT_MS;
  let heard = await remoteTone();
  while (!near(heard.frequency, PHONE_TONE) && performance.now() < untilMs) {
    heard = await remoteTone();
  }
  return heard;
}

/** Runs in the page. */
function readReport(): CallReport | undefined {
  const { call } = globalThis.everdialDemo;
  if (!call?.outcome) return undefined;
  const { cause, confirmed, media, timeline, attempts, qualitySummary } = call.outcome;
  const shortened = attempts.map(({ attempt, provider, phase }) => ({
    attempt,
    provider,
    failed: phase === 'unsent',
  }));
  const { id, provider } = call;
  return {
    id,
    provider,
    cause,
    confirmed,
    media,
    timeline,
    qualitySummary,
    attempts: shortened,
  };
}

/** Runs in the page. */
function readSound() {
  const [mos = '', security = '', problem = ''] = ['mos', 'security', 'problem-text'].map(
    (id) => document.getElementById(id)?.textContent ?? '',
  );
  return { mos, security, problem };
}

/** The preflight with the button of the page, after everything was put back. Returns what was wrong. */
async function checkComputer({ page }: LabPage): Promise<readonly string[]> {
  await page.click('#heal');
  await page.click('#preflight-start');
  const done = ['passed', 'warning', 'failed']
    .map((status) => `#preflight-verdict[data-status=${status}]`)
    .join(', ');
  await page.waitForSelector(done, { timeout: WAIT_MS });
  const verdict = await page.textContent('#preflight-verdict');
  const rows = await page
    .locator('#checks li')
    .evaluateAll((items) =>
      items.map((item) => [...item.children].map(({ textContent }) => textContent ?? '')),
    );
  console.log('\nReady for calls?');
  for (const [status = '', name = '', ms = '', ...why] of rows) {
    console.log(`  ${status.padEnd(9)}${name.padEnd(32)}${ms.padStart(7)} ${why.join(' ')}`);
  }
  console.log(`  ${verdict}`);
  const failed = rows.filter(([status]) => status !== 'Passed').map((row) => row.join(' '));
  // Browser, microphone, network, and token, code, connection of each carrier.
  return rows.length === 9 ? failed : [`the preflight has ${rows.length} rows, not 9`, ...failed];
}

function printReport(title: string, report: CallReport | undefined): void {
  console.log(`\n${title}`);
  if (report === undefined) return;
  const carrierOf = ({ attempt }: TimelineMark): string =>
    report.attempts.find((one) => one.attempt === attempt)?.provider ?? '';
  console.log(row('moment', 'carrier', 'ms'));
  for (const mark of report.timeline) {
    console.log(row(mark.name, carrierOf(mark), mark.atMs.toFixed(0)));
  }
  for (const { provider, failed } of report.attempts) {
    if (failed) console.log(`${provider} failed before the call was sent`);
  }
  const summary = report.qualitySummary;
  if (summary) {
    const rtt = summary.rttMs === undefined ? 'unknown' : `${summary.rttMs.toFixed(0)} ms`;
    console.log(
      `quality: MOS ${summary.mos.toFixed(2)}, worst ${summary.worst}, round trip ${rtt}, jitter ${summary.jitterMs.toFixed(0)} ms, loss ${summary.lossPercent.toFixed(1)} %, silent ${summary.silentMs.toFixed(0)} ms`,
    );
  }
  console.log(`ended as ${report.cause}, confirmed: ${report.confirmed ? 'yes' : 'no'}`);
}

const row = (moment: string, carrier: string, ms: string): string =>
  `  ${moment.padEnd(20)}${carrier.padEnd(9)}${ms.padStart(7)}`;
