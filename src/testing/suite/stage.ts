import type {
  Capabilities,
  Leg,
  LegRequest,
  Provider,
  ProviderContext,
  ProviderSession,
  SessionEvent,
} from '../../providers/provider.js';
import { createFakeMedia } from '../fake-media.js';
import type { ProviderUnderTest } from '../harness.js';
import { realClock, realPause } from '../real-time.js';
import { expectThat } from './expect-that.js';
import { LegLog } from './leg-log.js';

/** How long, in milliseconds of real time, the suite waits. */
export interface SuiteTiming {
  /** For something that must happen. */
  readonly patienceMs: number;
  /** For something that must not happen. */
  readonly settleMs: number;
}

/** A call under test. */
export interface StageCall {
  readonly leg: Leg;
  readonly log: LegLog;
  /** The tracks the leg may stop. */
  readonly copies: MediaStream | undefined;
  /** The tracks it must leave alone. */
  readonly original: MediaStream | undefined;
  /** Hangs up, as the Dialer would. */
  hangup(): void;
  /** Lets the leg go, as the Dialer would. */
  release(): void;
}

const POLL_MS = 5;
const TO = '+12025550199';

/** What one case plays on: a fresh provider, and every rule that holds throughout. */
export class Stage {
  readonly subject: ProviderUnderTest;
  readonly provider: Provider;
  readonly can: Partial<Capabilities>;
  readonly timing: SuiteTiming;
  readonly abort = new AbortController();
  readonly sessionEvents: SessionEvent[] = [];
  readonly #calls: StageCall[] = [];
  readonly #breaches: string[] = [];
  #session: ProviderSession | undefined;
  #closed = false;

  constructor(subject: ProviderUnderTest, timing: SuiteTiming) {
    this.subject = subject;
    this.provider = subject.provider;
    this.can = subject.provider.capabilities;
    this.timing = timing;
  }

  /** What the provider gets to open a session with. */
  context(changes: Partial<ProviderContext> = {}): ProviderContext {
    return {
      signal: this.abort.signal,
      logger: { debug: ignore, info: ignore, warn: ignore, error: ignore },
      clock: realClock,
      getToken: async () => (await this.subject.getToken?.()) ?? { token: 'conformance-token' },
      report: (event) => {
        if (this.#closed) this.#breaches.push(`${event.type} was reported after close()`);
        this.sessionEvents.push(event);
      },
      iceServers: [],
      relayOnly: false,
      codecs: ['opus', 'pcmu'],
      maxBitrateKbps: 32,
      vendorTelemetry: false,
      ...changes,
    };
  }

  /** Opens the session. */
  async open(): Promise<ProviderSession> {
    await this.subject.connection('accept');
    await this.provider.load(this.context());
    return this.adopt(await this.provider.open(this.context()));
  }

  /** Sees to it that a session is closed in the end. */
  adopt(session: ProviderSession): ProviderSession {
    this.#session = session;
    return session;
  }

  /** Closes the session. */
  async close(session: ProviderSession): Promise<void> {
    await session.close();
    this.#closed = true;
    for (const { log } of this.#calls) log.finish('close()');
  }

  /** Sends a call; with `listenOnly` without a microphone. */
  async dial(session: ProviderSession, listenOnly = false): Promise<StageCall> {
    const original = listenOnly ? undefined : await this.stream();
    const copies = original?.clone();
    const callId = `conformance-${this.#calls.length + 1}`;
    const request: LegRequest = {
      callId,
      attempt: 1,
      to: this.subject.to ?? TO,
      from: undefined,
      params: { 'everdial-call-id': callId },
      stream: copies,
      iceServers: [],
    };
    const log = new LegLog((description) => this.#breaches.push(description));
    let leg: Leg;
    try {
      leg = session.dial(request, log.report);
    } catch (cause) {
      throw new Error('dial() threw', { cause });
    }
    const call: StageCall = {
      leg,
      log,
      copies,
      original,
      hangup() {
        log.hungUp();
        leg.hangup();
      },
      release() {
        leg.release();
        log.finish('release()');
      },
    };
    this.#calls.push(call);
    return call;
  }

  /** Sends a call and brings it as far as this. */
  async dialUntil(
    phase: 'sent' | 'progress' | 'answered',
    session: ProviderSession,
  ): Promise<StageCall> {
    const call = await this.dial(session);
    await this.eventually(
      () => call.log.has('sent') && this.subject.sentCalls > 0,
      () => `the call was not sent; reported: ${call.log}`,
    );
    if (phase === 'sent') return call;
    if (this.can.acknowledges) {
      await this.subject.acknowledge();
      await this.sees(call, 'acknowledged');
    }
    await this.subject.ring();
    if (this.can.ringing) await this.sees(call, 'progress');
    if (phase === 'progress') return call;
    await this.subject.answer();
    await this.sees(call, 'answered');
    return call;
  }

  /** Waits until the leg has reported this. */
  sees(call: StageCall, type: Parameters<LegLog['has']>[0]): Promise<void> {
    return this.eventually(
      () => call.log.has(type),
      () => `${type} was not reported; reported: ${call.log}`,
    );
  }

  /** A live stream with one audio track. */
  stream(): Promise<MediaStream> {
    return this.subject.stream?.() ?? createFakeMedia().getUserMedia({ audio: true });
  }

  /** Waits until it holds. */
  async eventually(holds: () => boolean, description: () => string): Promise<void> {
    const deadlineMs = realClock.monotonicNow() + this.timing.patienceMs;
    while (!holds()) {
      if (realClock.monotonicNow() > deadlineMs) throw new Error(description());
      await realPause(POLL_MS);
    }
  }

  /** Gives what must not happen the time to happen. */
  settle(): Promise<void> {
    return realPause(this.timing.settleMs);
  }

  /** Fails if a rule was broken so far. */
  expectNoBreach(): void {
    expectThat(this.#breaches.length === 0, [...new Set(this.#breaches)].join('; '));
  }

  /** Waits until nothing is open any more. */
  expectNothingOpen(): Promise<void> {
    return this.eventually(
      () => this.subject.openResources === 0,
      () => `${this.subject.openResources} resources are still open`,
    );
  }

  /** Ends the case: frees everything, and says whether a rule was broken meanwhile. */
  async finish(): Promise<void> {
    for (const call of this.#calls) call.release();
    if (this.#session && !this.#closed) await this.close(this.#session);
    await this.expectNothingOpen();
    this.expectNoBreach();
  }

  /** Throws everything away, whatever became of the case. */
  async dispose(): Promise<void> {
    this.abort.abort();
    for (const { original, copies } of this.#calls) {
      for (const track of original?.getTracks() ?? []) track.stop();
      for (const track of copies?.getTracks() ?? []) track.stop();
    }
    await this.subject.dispose();
  }
}

function ignore(): void {}
