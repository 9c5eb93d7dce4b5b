import type { Call } from '../../src/dialer/call.js';
import { Dialer } from '../../src/dialer/dialer.js';
import { loadErrorTexts } from '../../src/errors/load-texts.js';
import { isFurther } from '../../src/providers/leg-phase.js';
import type { LegPhase } from '../../src/providers/provider.js';
import { type TestEnvironment, testEnvironment } from '../../src/testing/index.js';
import { CALL_EVENTS } from '../call-events.js';
import { type Carrier, createCarrier, type World } from './carriers/carrier.js';
import { checkInvariants } from './invariants.js';
import type { Observation, Press } from './observation.js';
import { POLICIES } from './policies.js';
import { type Action, type Moment, NUMBERS, type Script, type Step } from './script.js';
import { AccessServer } from './world/access-server.js';
import { Chance } from './world/chance.js';
import { type CountedPage, countedPage } from './world/counted-page.js';
import { Journal } from './world/journal.js';
import { ModelClock } from './world/model-clock.js';
import { Phone } from './world/phone.js';

/** Longest wait for a {@link Moment}, milliseconds. */
const MOMENT_MS = 25_000;
/** From `sent`; shortly before the Dialer's own patience ends, milliseconds. */
const SILENT_MS = 2_900;
/** After the last step, for whatever is still under way, milliseconds. */
const QUIET_MS = 75_000;
/** After `close()`, for what comes late, milliseconds. */
const LATE_MS = 30_000;

/** What came of a run. */
export interface Result {
  readonly seen: Observation;
  /** Each with the name of its invariant; empty when all hold. */
  readonly violations: readonly string[];
  /** Stands for the order in which everything happened. */
  readonly schedule: number;
  /** Every event with its time and call, as text: the same for the same script. */
  readonly history: readonly string[];
}

// A real file: fetched before simulated time begins, so that every run is alike.
const texts = loadErrorTexts();

/** Runs a script over a fresh Dialer, checks the invariants after each step and at rest, and closes it. */
export async function runScript(script: Script): Promise<Result> {
  await texts;
  return new Run(script).run();
}

class Run {
  readonly #script: Script;
  readonly #clock: ModelClock;
  readonly #world: World;
  readonly #carriers: readonly Carrier[];
  readonly #environment: TestEnvironment;
  readonly #dialer: Dialer;
  readonly #seen: Observation;
  readonly #page: CountedPage;
  readonly #calls: Call[] = [];

  constructor(script: Script) {
    this.#script = script;
    const chance = new Chance(script.seed);
    const clock = new ModelClock(chance);
    const journal = new Journal();
    const server = new AccessServer(script.fence, clock, chance, journal);
    const phone = new Phone(clock, script.taking);
    this.#clock = clock;
    this.#world = { clock, chance, journal, phone, server };
    this.#carriers = script.carriers.map((behaviour, index) =>
      createCarrier(`${behaviour.kind}/${index + 1}`, behaviour, this.#world),
    );
    const { microphone } = script;
    this.#environment = testEnvironment({
      permission: microphone === 'prompt' || microphone === 'denied' ? microphone : 'granted',
    });
    const { media } = this.#environment;
    if (microphone === 'missing') media.unplug('default');
    if (microphone === 'busy') media.setBusy('default', true);
    this.#seen = {
      script,
      nowMs: 0,
      presses: [],
      told: [],
      microphones: [],
      journal,
      phone: phone.legs,
      routes: () => this.#dialer.routes,
      faults: [],
      lateTracks: [],
      lines: [],
      uncaught: [],
      secrets: server.given,
      asking: () => media.openPrompts > 0,
    };
    this.#page = countedPage(this.#environment, clock, {
      microphones: this.#seen.microphones,
      slow: microphone === 'slow',
    });
    const write = (level: string) => (message: string) => this.#seen.lines.push([level, message]);
    this.#dialer = new Dialer({
      providers: this.#carriers.map(({ provider }) => provider),
      ...server.hooks,
      environment: this.#page.environment,
      logLevel: 'debug',
      logger: {
        debug: write('debug'),
        info: write('info'),
        warn: write('warn'),
        error: write('error'),
      },
      ...(script.policy !== 'standard' && { failover: POLICIES[script.policy](chance) }),
    });
    this.#listen();
  }

  async run(): Promise<Result> {
    const onUncaught = (reason: unknown) => this.#seen.uncaught.push(String(reason));
    process.on('unhandledRejection', onUncaught);
    try {
      const violations = await this.#play();
      const history = this.#seen.told.map(
        ({ atMs, name, call, route, state, error }) =>
          `${atMs} ${call ?? ''} ${name} ${state ?? ''} ${route ?? ''} ${error?.code ?? ''}`,
      );
      return { seen: this.#seen, violations, schedule: this.#clock.schedule, history };
    } finally {
      process.off('unhandledRejection', onUncaught);
    }
  }

  async #play(): Promise<readonly string[]> {
    for (const step of this.#script.steps) {
      await this.#wait(step.wait);
      this.#clock.note(`${typeof step.do === 'string' ? step.do : step.do.does};`);
      try {
        this.#act(step.do);
      } catch (thrown) {
        this.#seen.uncaught.push(`thrown by a public method: ${thrown}`);
      }
      await this.#clock.advance(0);
      const violations = this.#check();
      if (violations.length > 0) return violations;
    }
    // Nobody does anything any more: a conversation may go on, everything else has to end.
    await this.#clock.advance(QUIET_MS, () => this.#isQuiet());
    const violations = this.#check();
    return violations.length > 0 ? violations : this.#close();
  }

  async #close(): Promise<readonly string[]> {
    const startMs = this.#clock.nowMs;
    let closed = false;
    void this.#dialer.close().then(() => {
      closed = true;
    });
    for (const press of this.#seen.presses) press.hungUpAtMs ??= startMs;
    await this.#clock.advance(10_000, () => closed);
    this.#seen.closeTookMs = this.#clock.nowMs - startMs;
    const { media } = this.#environment;
    const { journal } = this.#world;
    const { network, page } = this.#page.listeners;
    this.#seen.left = {
      timers: this.#clock.pageTimers,
      calls: this.#dialer.calls.length,
      tracks: media.liveTracks,
      streams: media.playingStreams,
      tones: media.playingTones,
      sessions: journal.openSessions,
      vendorTimers: journal.vendorTimers,
      networkListeners: network,
      pageListeners: page,
    };
    // What waits in a dead connection would come out now.
    for (const carrier of this.#carriers) carrier.heal();
    await this.#clock.advance(LATE_MS);
    return this.#check();
  }

  #check(): readonly string[] {
    this.#seen.nowMs = this.#clock.nowMs;
    return checkInvariants(this.#seen);
  }

  #isQuiet(): boolean {
    return this.#dialer.calls.every(({ state }) => state === 'active' || state === 'answered');
  }

  async #wait(wait: Step['wait']): Promise<void> {
    if (typeof wait === 'number') await this.#clock.advance(wait);
    else {
      const moment = wait === 'silent' ? 'sent' : wait;
      await this.#clock.advance(MOMENT_MS, () => this.#has(moment));
      if (wait === 'silent') await this.#clock.advance(SILENT_MS);
    }
  }

  /** Whether the newest call has come so far. */
  #has(moment: Exclude<Moment, 'silent'>): boolean {
    const press = this.#seen.presses.at(-1);
    if (!press || press.endedAtMs !== undefined) return true;
    if (moment === 'over') return false;
    const { reports } = this.#world.journal;
    if (moment === 'switched')
      return this.#seen.told.some(({ name, call }) => name === 'switched' && call === press.call);
    const mine = reports.filter(({ callId }) => callId === press.callId);
    const last = mine.at(-1);
    if (!last) return false;
    return mine.some(
      ({ attempt, event: { type } }) =>
        attempt === last.attempt && (type === moment || (isPhase(type) && isFurther(type, moment))),
    );
  }

  #act(action: Action): void {
    if (typeof action === 'object') {
      this.#actOn(this.#carriers[action.carrier % this.#carriers.length], action.does);
      return;
    }
    const { media } = this.#environment;
    const { server, phone } = this.#world;
    const call = this.#calls.at(-1);
    const acts: Readonly<Record<typeof action, () => unknown>> = {
      click: () => this.#dialer.dial(NUMBERS[0]),
      'click another number': () => this.#dialer.dial(NUMBERS[1]),
      'warm up': () => this.#dialer.warmUp(),
      'hang up': () => call && this.#hangUp(call),
      mute: () => call?.mute(),
      unmute: () => call?.mute(false),
      hold: () => call?.hold().catch(() => undefined),
      'send digits': () => call?.sendDigits('1w2').catch(() => undefined),
      close: () => {
        for (const press of this.#seen.presses) press.hungUpAtMs ??= this.#clock.nowMs;
        return this.#dialer.close();
      },
      'go offline': () => {
        for (const carrier of this.#carriers) this.#break(carrier, 'reset');
        this.#environment.setOnline(false);
      },
      'come online': () => {
        for (const carrier of this.#carriers) carrier.heal();
        this.#environment.setOnline(true);
      },
      'leave the page': () => this.#leave('left'),
      'freeze the page': () => this.#leave('frozen'),
      'come back to the page': () => this.#environment.tellPage('back'),
      'allow the microphone': () => media.openPrompts > 0 && media.answerPrompt('granted'),
      'deny the microphone': () => media.openPrompts > 0 && media.answerPrompt('denied'),
      'unplug the microphone': () => media.unplug('default'),
      'plug in the microphone': () =>
        media.plugIn({ id: 'default', label: 'Fake microphone', kind: 'audioinput' }),
      'token server fails': () => {
        server.tokens = 'refused';
      },
      'token server works': () => {
        server.tokens = 'given';
      },
      'the callee answers': () => phone.does('answer'),
      'the callee hangs up': () => phone.does('hang up'),
      nothing: () => undefined,
    };
    acts[action]();
  }

  #actOn(carrier: Carrier | undefined, does: Extract<Action, object>['does']): void {
    if (!carrier) return;
    const fault = /^break: (.*)$/.exec(does)?.[1];
    const code = /^fail every leg with (\d+)$/.exec(does)?.[1];
    if (fault) this.#break(carrier, fault as Parameters<Carrier['break']>[0]);
    else if (code) carrier.gateway.failAll(Number(code));
    else if (does === 'heal') carrier.heal();
    else if (does === 'fail the session') carrier.failSessions();
    else if (does === 'expire the token') carrier.expireTokens();
    else carrier.gateway.repeat();
  }

  #break(carrier: Carrier, fault: Parameters<Carrier['break']>[0]): void {
    carrier.break(fault);
    this.#seen.faults.push({ atMs: this.#clock.nowMs, route: carrier.route });
  }

  #hangUp(call: Call): void {
    const press = this.#seen.presses.find(({ callId }) => callId === call.id);
    const hangup: Press['hangups'][number] = { atMs: this.#clock.nowMs };
    press?.hangups.push(hangup);
    if (press) press.hungUpAtMs ??= this.#clock.nowMs;
    void call.hangup().then(() => {
      hangup.tookMs = this.#clock.nowMs - hangup.atMs;
    });
  }

  #leave(moment: 'left' | 'frozen'): void {
    for (const call of this.#dialer.calls) {
      const press = this.#seen.presses.find(({ callId }) => callId === call.id);
      const ends = moment === 'left' || call.answeredAtMs === undefined;
      if (!press || !ends) continue;
      press.hungUpAtMs ??= this.#clock.nowMs;
      press.leftPage = true;
    }
    this.#environment.tellPage(moment);
  }

  #listen(): void {
    const { told, presses } = this.#seen;
    this.#dialer.on('call-added', ({ call }) => {
      this.#calls.push(call);
      const press: Press = {
        call: presses.length + 1,
        callId: call.id,
        atMs: this.#clock.nowMs,
        hangups: [],
        outOfReach: [],
      };
      presses.push(press);
      for (const name of CALL_EVENTS) {
        call.on(name, (event) => {
          told.push({
            atMs: this.#clock.nowMs,
            name,
            call: press.call,
            route: call.route,
            state: 'state' in event ? event.state : undefined,
            error: 'error' in event ? event.error : call.problem,
            evidence: 'evidence' in event ? event.evidence : undefined,
          });
          if (name === 'ended') this.#onEnded(press, call);
        });
      }
    });
    this.#dialer.on('route-changed', ({ route: { route, error, health, connection } }) => {
      const name = `route-changed ${connection} ${health}`;
      told.push({ atMs: this.#clock.nowMs, name, call: undefined, route, error });
    });
    this.#dialer.on('error', ({ error }) => {
      told.push({
        atMs: this.#clock.nowMs,
        name: 'error',
        call: undefined,
        route: undefined,
        error,
      });
    });
  }

  #onEnded(press: Press, call: Call): void {
    press.endedAtMs ??= this.#clock.nowMs;
    if (call.outcome) press.outcome = call.outcome;
    press.outOfReach = this.#carriers
      .filter(({ reachable }) => !reachable)
      .map(({ route }) => route);
    this.#clock.after(250, 'observer', 'tracks', () => {
      const { liveTracks, openPrompts } = this.#environment.media;
      const another = this.#dialer.calls.length > 0 || openPrompts > 0;
      if (!another && this.#script.microphone !== 'slow') this.#seen.lateTracks.push(liveTracks);
    });
  }
}

const isPhase = (type: string): type is Exclude<LegPhase, 'unsent'> =>
  /^(sent|acknowledged|progress|answered)$/.test(type);
