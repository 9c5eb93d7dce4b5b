import { describe, expect, it } from 'vitest';
import type { TokenRequest } from '../../../src/access/hooks.js';
import { DialerError } from '../../../src/errors/dialer-error.js';
import { createRandom, type Random } from '../../soak/random.js';
import { SAYS, type Script, scripted } from '../failover/scripted-provider.js';
import { NUMBER, stage } from './dialer-stage.js';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 8 * HOUR_MS;
/** A login takes this long. */
const LOGIN_MS = 150;
/** From the press to the conversation: a login, and its deadline of a carrier that is passed over. */
const AT_ONCE_MS = LOGIN_MS + 50;
/** Telnyx's tokens live for a day, Twilio's for an hour at most; ours are replaced a minute before their end. */
const TOKEN_MS = HOUR_MS;
const EARLY_MS = MINUTE_MS;
/** Idle connections are closed after a minute, a microphone that was opened ahead after ten seconds. */
const IDLE_MS = MINUTE_MS + SECOND_MS;

/** A page that stays open for a working day: what was asked of everything around the Dialer is counted. */
function openPage(seed: number, script: Script = {}) {
  const random = createRandom(seed, 0);
  const tokens: (TokenRequest & { readonly atMs: number })[] = [];
  const carrier = (route: string) =>
    scripted({
      route,
      token: 'required',
      capabilities: { confirmsHangup: true },
      login: async (context) => {
        await context.getToken();
        await new Promise<void>((resolve) => {
          context.clock.setTimer(resolve, LOGIN_MS);
        });
      },
      onDial: (leg) => leg.say(SAYS.sent, SAYS.answered, SAYS.flows),
      onHangup: (leg) => leg.say(SAYS.confirmed),
      session: { updateToken: async () => undefined },
      ...script,
    });
  const providers = [carrier('first'), carrier('second')] as const;
  const set = stage(providers, {
    logLevel: 'silent',
    getToken(request) {
      tokens.push({ ...request, atMs: set.clock.monotonicNow() });
      return { token: `token-${tokens.length}`, expiresInMs: TOKEN_MS };
    },
  });
  const { environment, clock, dialer, media } = set;
  const { setTimer } = clock;
  let timersSet = 0;
  clock.setTimer = (callback, delayMs) => {
    timersSet += 1;
    return setTimer(callback, delayMs);
  };
  const listeners = new Set<object>();
  const counted =
    <Callback>(listen: (callback: Callback) => () => void) =>
    (callback: Callback) => {
      const key = {};
      listeners.add(key);
      const stop = listen(callback);
      return () => {
        listeners.delete(key);
        stop();
      };
    };
  environment.network.onChange = counted(environment.network.onChange);
  environment.page.onMoment = counted(environment.page.onMoment);
  environment.page.onVisible = counted(environment.page.onVisible);
  media.onDeviceChange = counted(media.onDeviceChange);
  return {
    ...set,
    random,
    tokens,
    providers,
    /** Everything that is open or waits. */
    open: () => ({
      sessions: providers.map(({ openSessions }) => openSessions),
      timers: clock.pendingTimers,
      calls: dialer.calls.length,
      liveTracks: media.liveTracks,
      playing: media.playingStreams + media.playingTones,
      meters: media.meters,
      screen: environment.screenKeptOn,
      hinted: environment.callAudioHinted,
      shown: environment.callControls,
    }),
    listeners: () => listeners.size,
    timersSet: () => timersSet,
    logins: () => providers.reduce((sum, { contexts }) => sum + contexts.length, 0),
  };
}

type WarmPage = ReturnType<typeof openPage>;

const NOTHING_OPEN: ReturnType<WarmPage['open']> = {
  sessions: [0, 0],
  timers: 0,
  calls: 0,
  liveTracks: 0,
  playing: 0,
  meters: 0,
  screen: false,
  hinted: false,
  shown: undefined,
};

/** What visitor, browser and network do with such a page. */
const HAPPENINGS: Readonly<Record<string, (page: WarmPage) => Promise<void>>> = {
  async 'comes near the button'({ dialer, clock, open }) {
    await clock.until(dialer.warmUp());
    expect(open().sessions.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(0);
  },
  async 'comes near, again and again'({ dialer, clock, random, logins }) {
    await clock.until(dialer.warmUp());
    const before = logins();
    for (let count = random.between(2, 5); count > 0; count -= 1) {
      await clock.advance(random.between(1, 50) * SECOND_MS);
      await clock.until(dialer.warmUp());
    }
    expect(logins()).toBe(before);
  },
  async 'presses and thinks better of it'({ dialer, clock, media }) {
    await clock.until(dialer.warmUp({ microphone: true }));
    expect(media.liveTracks).toBe(1);
    await clock.advance(11 * SECOND_MS);
    expect(media.liveTracks).toBe(0);
  },
  calls: (page) => callAndTalk(page, page.random.between(5, 300) * SECOND_MS),
  async 'comes near and calls'(page) {
    void page.dialer.warmUp({ microphone: page.random.chance(0.5) });
    await page.clock.advance(page.random.between(0, 2_000));
    await callAndTalk(page, page.random.between(5, 60) * SECOND_MS);
  },
  'talks longer than the token lives': (page) => callAndTalk(page, TOKEN_MS + 2 * MINUTE_MS),
  async 'presses and hangs up at once'({ dialer, clock, random }) {
    const call = dialer.dial(NUMBER);
    await clock.advance(random.pick([0, 1, LOGIN_MS - 1, LOGIN_MS, LOGIN_MS + 1]));
    expect((await clock.until(call.hangup())).media.released).toBe(true);
  },
  async 'presses and hangs up while the microphone opens'({ dialer, clock, media, random }) {
    const give = media.delayMicrophone();
    const call = dialer.dial(NUMBER);
    await clock.advance(random.between(0, 10));
    await clock.until(call.hangup());
    give();
    await clock.advance(0);
    expect(media.liveTracks).toBe(0);
  },
  async 'the page is frozen, and back'({ environment, clock, dialer, random, open }) {
    if (random.chance(0.5)) await clock.until(dialer.warmUp());
    environment.tellPage('frozen');
    await clock.advance(0);
    expect(open()).toEqual(NOTHING_OPEN);
    await clock.advance(random.between(0, 30) * MINUTE_MS);
    environment.tellPage('back');
  },
  async 'the page is left and comes back'(page) {
    const call = page.dialer.dial(NUMBER);
    await page.clock.advance(page.random.between(0, 400));
    page.environment.tellPage('left');
    await page.clock.until(call.when('ended'));
    page.environment.tellPage('back');
    await callAndTalk(page, SECOND_MS);
  },
  async 'goes offline and online'({ environment, clock, dialer, random }) {
    if (random.chance(0.5)) await clock.until(dialer.warmUp());
    environment.setOnline(false);
    expect((await clock.until(dialer.dial(NUMBER).when('ended'))).error?.code).toBe(
      'network/offline',
    );
    await clock.advance(random.between(1, 300) * SECOND_MS);
    environment.setOnline(true);
  },
  async 'the connection is lost'({ providers, clock, dialer, random }) {
    await clock.until(dialer.warmUp());
    const error = new DialerError('network/signalling-lost');
    for (const { openSessions, contexts } of providers) {
      if (openSessions > 0) contexts.at(-1)?.report({ type: 'connection', state: 'failed', error });
    }
    await clock.advance(random.between(0, 30) * SECOND_MS);
  },
  async 'another headset is plugged in'({ media, clock, random }) {
    const id = `headset-${random.between(1, 1_000_000)}`;
    media.plugIn({ id, kind: 'audioinput', label: 'Headset' });
    await clock.advance(SECOND_MS);
    media.unplug(id);
    await clock.advance(SECOND_MS);
  },
};

/** A call works at once, whatever came before it. */
async function callAndTalk({ dialer, clock, open }: WarmPage, talkMs: number): Promise<void> {
  const call = dialer.dial(NUMBER);
  await clock.advance(0);
  expect(call.state).not.toBe('ended');
  expect(open().liveTracks).toBeGreaterThan(0);
  await clock.advance(AT_ONCE_MS);
  expect(call.state).toBe('active');
  await clock.advance(talkMs);
  expect(call.state).toBe('active');
  expect(await clock.until(call.hangup())).toMatchObject({
    cause: 'completed',
    media: { released: true },
  });
}

/** Mostly short, now and then so long that everything is closed, and sometimes for hours. */
function pauseMs(random: Random): number {
  const dice = random.next();
  if (dice < 0.4) return random.between(0, 50) * SECOND_MS;
  return dice < 0.98 ? random.between(2, 12) * MINUTE_MS : random.between(1, 2) * HOUR_MS;
}

describe('a page that is open for eight hours', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])(
    'has nothing open whenever nobody needs it (%i)',
    async (seed) => {
      const page = openPage(seed);
      const { random, clock, dialer, open, listeners, timersSet, tokens, logins, providers } = page;
      const names = Object.keys(HAPPENINGS) as [string, ...string[]];
      const happened = new Set<string>();
      let idleMinutes = 0;
      await clock.until(dialer.warmUp());
      await callAndTalk(page, SECOND_MS);
      const listening = listeners();
      while (clock.monotonicNow() < DAY_MS) {
        const name = random.pick(names);
        happened.add(name);
        const loginsBefore = logins();
        const tokensBefore = tokens.length;
        await HAPPENINGS[name]?.(page);
        // One for each connection that is opened at most, and one that replaces it near its end.
        const opened = logins() - loginsBefore;
        expect(tokens.length - tokensBefore, `tokens: ${name}`).toBeLessThanOrEqual(opened + 2);
        const pause = pauseMs(random);
        await clock.advance(Math.min(pause, IDLE_MS));
        expect(listeners(), `listeners: ${name}`).toBe(listening);
        if (pause < IDLE_MS) continue;

        expect(open(), name).toEqual(NOTHING_OPEN);
        expect(dialer.status, name).not.toMatch(/^(ready|connecting|degraded)$/);
        const [timers, asked, connected] = [timersSet(), tokens.length, logins()];
        await clock.advance(pause - IDLE_MS);
        expect([timersSet(), tokens.length, logins()], name).toEqual([timers, asked, connected]);
        idleMinutes += Math.floor((pause - IDLE_MS) / MINUTE_MS);
      }
      // What the day was made of: without that, nothing above says anything.
      expect(happened.size).toBeGreaterThan(names.length / 2);
      expect(idleMinutes).toBeGreaterThan(60);
      expect(logins()).toBeGreaterThan(10);
      for (const { route } of providers) {
        const mine = tokens.filter((token) => token.route === route);
        const pauses = mine.slice(1).map(({ atMs }, index) => atMs - (mine[index]?.atMs ?? 0));
        // Kept over connections, for as long as it lives.
        expect(Math.min(TOKEN_MS, ...pauses)).toBeGreaterThanOrEqual(TOKEN_MS - EARLY_MS);
      }
      await page.expectNothingLeft();
      expect(listeners()).toBe(0);
    },
  );
});
