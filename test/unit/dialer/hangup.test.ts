import { describe, expect, it } from 'vitest';
import type { LegEvent } from '../../../src/providers/provider.js';
import { recordEvents } from '../../../src/testing/index.js';
import { never, SAYS, type Script, scripted } from '../failover/scripted-provider.js';
import { NUMBER, stage } from './dialer-stage.js';

interface Phase {
  readonly name: string;
  readonly script?: Script;
  readonly permission?: 'prompt';
  readonly getToken?: () => Promise<string>;
  /** Leads the call there. */
  readonly say?: readonly LegEvent[];
  readonly afterMs?: number;
  readonly state: string;
  readonly cause: 'cancelled' | 'completed';
  readonly phase?: string;
}

const PHASES: readonly Phase[] = [
  { name: 'in the same turn', state: 'preparing', cause: 'cancelled' },
  {
    name: 'while the code loads',
    script: { load: never },
    afterMs: 0,
    state: 'preparing',
    cause: 'cancelled',
  },
  {
    name: 'while a token is asked for',
    script: { token: 'required' },
    getToken: never,
    afterMs: 0,
    state: 'preparing',
    cause: 'cancelled',
  },
  {
    name: 'while it connects',
    script: { login: never },
    afterMs: 100,
    state: 'preparing',
    cause: 'cancelled',
  },
  {
    name: 'while the person thinks about the microphone',
    permission: 'prompt',
    afterMs: 500,
    state: 'preparing',
    cause: 'cancelled',
  },
  { name: 'before it is written', afterMs: 0, state: 'preparing', cause: 'cancelled' },
  {
    name: 'when it is sent',
    afterMs: 0,
    say: [SAYS.sent],
    state: 'connecting',
    cause: 'cancelled',
  },
  {
    name: 'when it is acknowledged',
    afterMs: 0,
    say: [SAYS.sent, SAYS.acknowledged],
    state: 'connecting',
    cause: 'cancelled',
  },
  {
    name: 'while it rings',
    afterMs: 0,
    say: [SAYS.sent, SAYS.rings],
    state: 'ringing',
    cause: 'cancelled',
  },
  {
    name: 'when it is answered',
    afterMs: 0,
    say: [SAYS.sent, SAYS.rings, SAYS.answered],
    state: 'answered',
    cause: 'completed',
  },
  {
    name: 'when it is active',
    afterMs: 0,
    say: [SAYS.sent, SAYS.answered, SAYS.flows],
    state: 'active',
    cause: 'completed',
  },
  {
    name: 'while it is reconnecting',
    afterMs: 0,
    say: [SAYS.sent, SAYS.answered, SAYS.flows, { type: 'interrupted', error: SAYS.lost.error }],
    state: 'reconnecting',
    cause: 'completed',
  },
];

async function leadTo({ script, permission, getToken, say, afterMs }: Phase, more: Script = {}) {
  const provider = scripted({ ...script, ...more });
  const set = stage([provider], {
    ...(permission && { permission }),
    ...(getToken && { getToken }),
  });
  const call = set.dialer.dial(NUMBER);
  if (afterMs !== undefined) await set.clock.advance(afterMs);
  if (say) provider.leg.say(...say);
  return { ...set, provider, call };
}

describe('hangup', () => {
  it.each(PHASES)('$name ends the call and frees everything', async (phase) => {
    const set = await leadTo(phase, { onHangup: (leg) => leg.say(SAYS.confirmed) });
    const { call, clock, provider } = set;
    expect(call.state).toBe(phase.state);
    const events = recordEvents(call, ['state-changed', 'ended']);
    const [first, second] = await clock.until(Promise.all([call.hangup(), call.hangup()]));
    expect(await call.hangup()).toBe(first);
    expect(second).toBe(first);
    expect(first).toMatchObject({
      cause: phase.cause,
      by: 'local',
      error: undefined,
      confirmed: true,
      redialAdvice: 'ok',
      media: { released: true, liveTracks: 0 },
    });
    expect(events.map(([type, event]) => (type === 'ended' ? type : event.state))).toEqual([
      'ending',
      'ended',
      'ended',
    ]);
    expect(provider.legs.every(({ released, hangups }) => released && hangups === 1)).toBe(true);
    await set.expectNothingLeft();
  });

  it.each(PHASES.filter(({ say }) => say))(
    '$name does not claim what nobody confirmed',
    async (phase) => {
      const { call, clock } = await leadTo(phase);
      const startMs = clock.monotonicNow();
      const outcome = await clock.until(call.hangup());
      expect(clock.monotonicNow() - startMs).toBeLessThanOrEqual(5_000);
      expect(outcome).toMatchObject({ cause: phase.cause, by: 'local', confirmed: false });
    },
  );

  it('answers with the outcome of a call that is over', async () => {
    const { call, clock, provider } = await leadTo({
      name: '',
      afterMs: 0,
      state: '',
      cause: 'completed',
      say: [SAYS.sent, SAYS.busy],
    });
    const ended = await clock.until(call.when('ended'));
    const outcome = await call.hangup();
    expect([outcome.cause, outcome]).toEqual(['busy', expect.objectContaining(call.outcome ?? {})]);
    expect(ended.cause).toBe('busy');
    expect(provider.leg.hangups).toBe(0);
  });

  it('turns off a microphone that is allowed only afterwards', async () => {
    const phase = PHASES.find(({ permission }) => permission);
    if (!phase) throw new Error('no such phase');
    const { call, clock, media, provider } = await leadTo(phase);
    await clock.until(call.hangup());
    media.answerPrompt('granted');
    await clock.advance(1_000);
    expect([media.liveTracks, provider.legs]).toEqual([0, []]);
  });

  it('while the code that places calls is fetched places none', async () => {
    const provider = scripted();
    const { dialer, clock } = stage([provider]);
    const call = dialer.dial(NUMBER, { input: 'none' });
    // The turn in which the fetching begins.
    await Promise.resolve();
    expect((await clock.until(call.hangup())).cause).toBe('cancelled');
    await clock.advance(10_000);
    expect([provider.legs, call.outcome?.attempts]).toEqual([[], []]);
  });

  it('in the very moment of sending reaches the leg that is being made', async () => {
    const provider = scripted({
      onDial: (leg) => leg.say(SAYS.sent),
      onHangup: (leg) => leg.say(SAYS.confirmed),
    });
    const { dialer, clock } = stage([provider]);
    const call = dialer.dial(NUMBER);
    call.on('state-changed', ({ state }) => {
      if (state === 'connecting') void call.hangup();
    });
    const outcome = await clock.until(call.when('ended'));
    expect([outcome.cause, outcome.confirmed, provider.leg.log]).toEqual([
      'cancelled',
      true,
      ['hangup', 'release'],
    ]);
  });

  it('leaves the connection for the next call', async () => {
    const { call, clock, dialer, provider } = await leadTo({
      name: '',
      afterMs: 0,
      state: '',
      cause: 'cancelled',
    });
    await clock.until(call.hangup());
    expect(dialer.status).toBe('ready');
    dialer.dial(NUMBER);
    await clock.advance(0);
    expect(provider.contexts).toHaveLength(1);
  });
});

describe('close', () => {
  it.each(PHASES)(
    '$name ends the call, leaves nothing, and nothing comes after it',
    async (phase) => {
      const set = await leadTo(phase);
      const { call, dialer, clock, media, provider } = set;
      const ended: string[] = [];
      dialer.on('call-ended', ({ cause }) => ended.push(cause));
      await set.expectNothingLeft();
      expect([ended, call.state, dialer.status]).toEqual([[phase.cause], 'ended', 'closed']);
      expect(provider.openSessions).toBe(0);

      const late = recordEvents(dialer, ['status-changed', 'route-changed', 'call-ended', 'error']);
      let changes = 0;
      dialer.subscribe(() => {
        changes += 1;
      });
      for (const leg of provider.legs) leg.say(SAYS.rings, SAYS.answered, SAYS.hungUp);
      for (const { report } of provider.contexts) report({ type: 'connection', state: 'failed' });
      if (media.openPrompts > 0) media.answerPrompt('granted');
      set.environment.setOnline(false);
      await clock.advance(120_000);
      expect([late, changes, media.liveTracks, clock.pendingTimers]).toEqual([[], 0, 0, 0]);
    },
  );

  it('is the same for everybody who asks', async () => {
    const { dialer, clock } = stage([scripted()]);
    await clock.until(Promise.all([dialer.close(), dialer.close()]));
    await dialer.close();
    expect(dialer.status).toBe('closed');
  });

  it('refuses a call that a listener dials meanwhile', async () => {
    const { dialer, clock, call, expectNothingLeft } = await leadTo({
      name: '',
      afterMs: 0,
      say: [SAYS.sent, SAYS.rings],
      state: 'ringing',
      cause: 'cancelled',
    });
    const codes: unknown[] = [];
    const dialAgain = () => {
      dialer.dial('+14155550111').on('ended', ({ error }) => codes.push(error?.code));
    };
    call.on('state-changed', dialAgain);
    call.on('ended', dialAgain);
    await expectNothingLeft();
    await clock.advance(0);
    expect(new Set(codes)).toEqual(new Set(['state/closed']));
    expect(codes.length).toBeGreaterThan(0);
  });

  it('leaves no listener at the network, not even by a call that comes later', async () => {
    const provider = scripted();
    const { dialer, clock, environment, expectNothingLeft } = stage([provider]);
    await expectNothingLeft();
    await clock.until(dialer.dial(NUMBER).when('ended'));
    let changes = 0;
    dialer.subscribe(() => {
      changes += 1;
    });
    environment.setOnline(false);
    expect([changes, dialer.status]).toEqual([0, 'closed']);
  });
});

describe('a signal given to dial', () => {
  it('that has aborted asks for nothing and loads nothing', async () => {
    const provider = scripted();
    const { dialer, clock, media } = stage([provider], { permission: 'prompt' });
    const call = dialer.dial(NUMBER, { signal: AbortSignal.abort() });
    const outcome = await clock.until(call.when('ended'));
    expect(outcome).toMatchObject({ cause: 'cancelled', by: 'local', error: undefined });
    await clock.advance(0);
    expect([media.openPrompts, provider.loads, clock.pendingTimers]).toEqual([0, 0, 0]);
  });

  it.each(PHASES.filter(({ cause }) => cause === 'cancelled'))(
    'cancels the call $name',
    async (phase) => {
      const provider = scripted({ ...phase.script, onHangup: (leg) => leg.say(SAYS.confirmed) });
      const stop = new AbortController();
      const { dialer, clock } = stage([provider], {
        ...(phase.permission && { permission: phase.permission }),
        ...(phase.getToken && { getToken: phase.getToken }),
      });
      const call = dialer.dial(NUMBER, { signal: stop.signal });
      if (phase.afterMs !== undefined) await clock.advance(phase.afterMs);
      if (phase.say) provider.leg.say(...phase.say);
      stop.abort();
      const outcome = await clock.until(call.when('ended'));
      expect(outcome).toMatchObject({ cause: 'cancelled', confirmed: true });
    },
  );

  it('does not cut a conversation', async () => {
    const provider = scripted({ onDial: (leg) => leg.say(SAYS.sent, SAYS.answered) });
    const stop = new AbortController();
    const { dialer, clock } = stage([provider]);
    const call = dialer.dial(NUMBER, { signal: stop.signal });
    await clock.advance(0);
    stop.abort();
    await clock.advance(1_000);
    expect(call.state).toBe('answered');
  });
});
