import { labNow } from '../lab/clock.js';
import { type Fault, faultOf } from './faults.js';
import { judgeCall } from './judge-call.js';
import type { CallRecord } from './page-side/soak-page-types.js';
import { type CallPlan, NUMBER } from './plan.js';
import { IDLE_MS, type SoakStage } from './soak-stage.js';

/** What came of one call. */
export interface CallResult {
  readonly plan: CallPlan;
  /** `undefined` when the call never ended. */
  readonly record: CallRecord | undefined;
  /** Whether the phone rang. */
  readonly rang: boolean;
  /** What was wrong. */
  readonly findings: readonly string[];
}

/** A call that has not ended by then never will, milliseconds. */
const LIMIT_MS = 30_000;
/** A hang-up arrives at the phone within this, also on a busy machine, milliseconds. */
const FAREWELL_MS = 2_500;
/** Nobody comes back to such a call: its carrier hangs up by itself, milliseconds. */
const ORPHAN_MS = 1_500;

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Waits until it is true; gives false when it never was. */
export async function eventually(
  is: () => boolean | Promise<boolean>,
  limitMs: number,
): Promise<boolean> {
  const until = labNow() + limitMs;
  while (!(await is())) {
    if (labNow() > until) return false;
    await sleep(10);
  }
  return true;
}

/** Places one call as planned and judges it; the lab is as before afterwards. */
export async function runCall(plan: CallPlan, stage: SoakStage): Promise<CallResult> {
  const { lab, page } = stage;
  const fault = faultOf(plan.fault);
  const findings: string[] = [];
  if (plan.before === 'idle' && !(await becomesIdle(stage)))
    findings.push('a connection was kept open without a call');
  if (plan.before === 'warm-up') await page.evaluate(() => globalThis.everdialSoak.warmUp());
  if (plan.before === 'pointer-down')
    await page.evaluate(() => globalThis.everdialSoak.pointerDown());
  await arrange(plan, fault, stage);
  const cut = fault.cutWhen && cutWhen(fault.cutWhen, stage);
  if (plan.before === 'warm-up-and-dial') {
    await page.evaluate(() => void globalThis.everdialSoak.warmUp());
  }
  const running = page.evaluate((call) => globalThis.everdialSoak.call(call), plan.page);
  const record = await Promise.race([running, sleep(LIMIT_MS).then(() => undefined)]);
  cut?.();
  await calmDown(plan, fault, stage);
  if (record === undefined) findings.push(`no end within ${LIMIT_MS} ms`);
  const quiet = await eventually(() => lab.network.liveCalls === 0, FAREWELL_MS);
  if (!quiet) findings.push('a phone rings or talks after the end');
  const { events } = lab.network;
  if (record)
    findings.push(...judgeCall({ plan, fault, record, phone: events, invites: invites(stage) }));
  findings.push(...stage.takeErrors());
  const rang = events.some(({ type }) => type === 'ring-start');
  clear(stage);
  if (plan.heal) await page.evaluate(() => globalThis.everdialSoak.heal());
  return { plan, record, rang, findings };
}

/** Whether every connection is closed for want of calls. */
export const becomesIdle = ({ page }: SoakStage): Promise<boolean> =>
  eventually(
    async () => (await page.evaluate(() => globalThis.everdialSoak.busyRoutes())) === 0,
    IDLE_MS + 3_000,
  );

async function arrange(plan: CallPlan, fault: Fault, { lab }: SoakStage): Promise<void> {
  const gateway = lab[plan.first];
  for (const { settings } of [lab.telnyx, lab.twilio]) settings.orphanTimeoutMs = ORPHAN_MS;
  lab.network.phone(NUMBER).behaviour = {
    postDialDelayMs: 10,
    answerAfterMs: plan.answerAfterMs,
    ...fault.phone,
    via: fault.firstOnly ? plan.first : undefined,
  };
  Object.assign(gateway.faults, fault.gateway);
  await gateway.settled();
  if (fault.cutBefore) gateway.dropSockets();
}

/** Cuts the line when the phone does this; gives the function that waits for it no more. */
function cutWhen(moment: 'ring-start' | 'answered', { lab }: SoakStage): () => void {
  let done = false;
  const look = setInterval(() => {
    const seen = lab.network.events.find(({ type }) => type === moment);
    if (!seen || done) return;
    done = true;
    // Some way into it, not in the very same turn.
    setTimeout(() => lab[seen.carrier].dropSockets(), 40);
  }, 5);
  return () => clearInterval(look);
}

async function calmDown(plan: CallPlan, fault: Fault, { lab }: SoakStage): Promise<void> {
  const { telnyx, twilio } = lab;
  const { orphanTimeoutMs } = telnyx.settings;
  for (const gateway of [telnyx, twilio]) {
    gateway.resetFaults();
    gateway.settings.orphanTimeoutMs = orphanTimeoutMs;
  }
  await Promise.all([telnyx.settled(), twilio.settled()]);
  // What got no answer while the fault lasted never will: the next call would wait for it in vain.
  if (fault.gateway) lab[plan.first].dropSockets();
}

const invites = ({ lab }: SoakStage) => [...lab.telnyx.invites, ...lab.twilio.invites];

function clear({ lab }: SoakStage): void {
  lab.network.reset();
  lab.telnyx.clearLogs();
  lab.twilio.clearLogs();
  lab.tokens.reset();
  lab.calls.reset();
}
