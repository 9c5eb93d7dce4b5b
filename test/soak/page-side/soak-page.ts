import { type Call, type CallOutcome, Dialer, type DialerOptions } from 'everdial';
import { telnyx } from 'everdial/providers/telnyx';
import { twilio } from 'everdial/providers/twilio';
import { endLeg } from '../../lab/browser/page-side/end-leg.js';
import { present } from '../../lab/browser/page-side/present.js';
import type { PageCall, VisitorAction } from './soak-page-types.js';

/** Short, so that a fault takes no long wait; long enough for a busy machine. */
const TIMEOUTS = {
  permissionMs: 2_000,
  tokenMs: 1_500,
  sdkMs: 5_000,
  connectMs: 900,
  staggerMs: 150,
  acknowledgeMs: 700,
  progressMs: 1_400,
  proofMs: 700,
  ringMs: 1_500,
  mediaMs: 800,
  reconnectMs: 4_000,
};
/** What the Dialer waits before it closes an idle connection, milliseconds. */
const IDLE_MS = 60_000;

const now = (): number => performance.timeOrigin + performance.now();
const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

let dialer: Dialer | undefined;
/** How far the Dialer's clock is ahead, milliseconds: so hold-offs pass. */
let aheadMs = 0;
let complaints: string[] = [];
/** The calls so far, as far as anybody keeps them. */
let calls: WeakRef<Call>[] = [];
/** How often each of the last calls has ended. By id: the page must not keep calls. */
const ends = new Map<string, number>();

const ACTIONS: Readonly<Record<VisitorAction, (call: Call) => Promise<unknown>>> = {
  async mute(call) {
    call.mute();
    await wait(20);
    call.mute(false);
  },
  async hold(call) {
    if (!call.capabilities.hold) return;
    await call.hold(true, { timeoutMs: 1_000 });
    await call.hold(false, { timeoutMs: 1_000 });
  },
  digits: (call) => call.sendDigits('1#', { toneMs: 60, gapMs: 30, timeoutMs: 2_000 }),
  async 'other-device'() {
    const { audio } = present(dialer);
    const other = audio.inputs.find(({ id }) => id !== audio.input?.id);
    if (other) await audio.selectInput(other.id, { timeoutMs: 2_000 });
  },
  'lose-device'() {
    globalThis.everdialSoakProbe.loseMicrophone();
    return wait(50);
  },
  async security(call) {
    call.levels();
    await call.security();
  },
};

async function act(call: Call, action: VisitorAction): Promise<void> {
  if (call.state !== 'active') return;
  try {
    await ACTIONS[action](call);
  } catch (error) {
    // A call that is over, or under repair, can not do it.
    if (call.state === 'active') complaints.push(`${action}: ${String(error)}`);
  }
}

/** The visitor talks, does this and that, and hangs up. */
async function talk(call: Call, { actions, talkMs, silent }: PageCall): Promise<void> {
  // One that nobody hears is hung up once its problem was told.
  await (silent ? call.when('answered').then(() => wait(900)) : call.when('active'));
  for (const action of actions) await act(call, action);
  await wait(talkMs);
}

/** Ends a call as planned; resolves with its outcome. */
function carryOut(call: Call, plan: PageCall): Promise<CallOutcome> {
  if (plan.hangUpMs === 0) return call.hangup();
  if (plan.hangUpMs !== undefined) {
    // Whoever is faster: the visitor, or the call's own end.
    void wait(plan.hangUpMs).then(() => call.hangup());
  } else {
    talk(call, plan).then(
      () => call.hangup(),
      () => undefined,
    );
  }
  return call.when('ended');
}

globalThis.everdialSoak = {
  create({ hosts, idleMs }) {
    const environment: NonNullable<DialerOptions['environment']> = {
      clock: {
        now: () => Date.now() + aheadMs,
        monotonicNow: () => performance.now(),
        setTimer(callback, delayMs) {
          const timer = setTimeout(callback, delayMs === IDLE_MS ? idleMs : delayMs);
          return () => clearTimeout(timer);
        },
      },
    };
    dialer = new Dialer({
      providers: [
        telnyx({ sdkOptions: { host: hosts.telnyx } }),
        twilio({ sdkOptions: { chunderw: hosts.twilio } }),
      ],
      timeouts: TIMEOUTS,
      environment,
      logLevel: 'silent',
      getToken: ({ provider, signal }) =>
        fetch(`/voice-token/${provider}`, { method: 'POST', signal }),
      endLeg,
    });
    dialer.on('call-ended', ({ call: { id } }) => {
      ends.set(id, (ends.get(id) ?? 0) + 1);
      if (ends.get(id) !== 1) complaints.push(`call ${id} ended ${ends.get(id)} times`);
    });
    dialer.on('error', ({ error }) => complaints.push(`error event: ${error.message}`));
  },
  async call(plan) {
    const { routes } = present(dialer);
    const health = plan.routes.map(
      (wanted) => routes.find(({ route }) => route === wanted)?.health ?? 'unsupported',
    );
    if (plan.microphoneDenied) {
      // One that was opened ahead and not used is still to be had.
      while (present(dialer).audio.microphoneLive) await wait(50);
      globalThis.everdialSoakProbe.denyMicrophone();
    }
    const startedAt = performance.now();
    const call = present(dialer).dial(plan.to, { routes: plan.routes });
    calls.push(new WeakRef(call));
    const states: string[] = [];
    let over = false;
    call.on('state-changed', ({ state }) => {
      if (over) complaints.push(`${state} after the end`);
      states.push(state);
    });
    call.on('ended', () => {
      over = true;
    });
    const outcome = await carryOut(call, plan);
    const endedAtMs = now();
    const tookMs = performance.now() - startedAt;
    // Whatever comes in the same turn.
    await wait(0);
    globalThis.everdialSoakProbe.allowMicrophone();
    if (ends.get(call.id) !== 1) complaints.push(`${ends.get(call.id) ?? 0} ends`);
    const told = complaints;
    complaints = [];
    for (const id of [...ends.keys()].slice(0, -5)) ends.delete(id);
    return {
      callId: call.id,
      health,
      cause: outcome.cause,
      code: outcome.error?.code,
      confirmed: outcome.confirmed,
      released: outcome.media.released,
      attempts: outcome.attempts.map(
        ({ provider, phase, error }) => `${provider} ${phase} ${error?.code ?? ''}`,
      ),
      states,
      endedAtMs,
      tookMs,
      complaints: told,
    };
  },
  warmUp: () => present(dialer).warmUp(),
  async pointerDown() {
    void present(dialer).warmUp({ microphone: true });
    await wait(40);
  },
  async heal() {
    const ill = present(dialer).routes.filter(({ health }) => health !== 'healthy');
    for (const { route, retryAtMs = 0 } of ill) {
      aheadMs += Math.max(0, retryAtMs - (Date.now() + aheadMs) + 1);
      await present(dialer).warmUp({ routes: [route], timeoutMs: 3_000 });
    }
  },
  keptCalls() {
    calls = calls.filter((call) => call.deref() !== undefined);
    return calls.length;
  },
  busyRoutes: () =>
    present(dialer).routes.filter(({ connection }) => !/^(idle|failed)$/.test(connection)).length,
  close: () => present(dialer).close(),
};
