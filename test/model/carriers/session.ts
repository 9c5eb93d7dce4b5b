import { DialerError } from '../../../src/errors/dialer-error.js';
import type {
  LegReport,
  LegRequest,
  ProviderContext,
  ProviderSession,
} from '../../../src/providers/provider.js';
import type { Journal } from '../world/journal.js';
import type { ModelClock } from '../world/model-clock.js';
import { Wire } from '../world/wire.js';
import type { CarrierSite } from './carrier.js';
import type { PageSession } from './gateway.js';
import type { Down, Up } from './messages.js';
import type { LegLine, PageLeg } from './page-leg.js';
import { SipLikeLeg } from './sip-like.js';
import { TelnyxLikeLeg } from './telnyx-like.js';
import { TwilioLikeLeg } from './twilio-like.js';

const LEGS = { telnyx: TelnyxLikeLeg, twilio: TwilioLikeLeg, sip: SipLikeLeg } as const;

/** A lost connection is tried again this often, milliseconds, and given up after the last try. */
const RETRY_MS = [200, 400, 800, 1_600, 3_200, 6_400, 12_800] as const;
/** Hang-ups that are on their way may take this long when the session closes, milliseconds. */
const FAREWELL_MS = 150;

/** One login of the page at a simulated carrier. */
export class ModelSession implements ProviderSession {
  readonly #site: CarrierSite;
  readonly #context: ProviderContext;
  readonly #clock: ModelClock;
  readonly #journal: Journal;
  readonly #page: PageSession = { line: undefined };
  readonly #legs: PageLeg[] = [];
  #wire: Wire<Up, Down> | undefined;
  #closed = false;
  #tries = 0;
  #stopRetry: () => void = () => undefined;

  constructor(site: CarrierSite, context: ProviderContext) {
    this.#site = site;
    this.#context = context;
    this.#clock = site.clock;
    this.#journal = site.journal;
    this.#journal.openSessions += 1;
    site.sessions.add(this);
    this.#connect();
  }

  /** Whether it is logged in. */
  get open(): boolean {
    return !this.#closed && this.#wire?.open === true;
  }

  /** The connection under it; for faults. */
  get wire(): Wire<Up, Down> | undefined {
    return this.#wire;
  }

  dial(request: LegRequest, report: LegReport): PageLeg {
    const { behaviour } = this.#site;
    const leg = new LEGS[behaviour.kind](this.#line(), request, report);
    this.#legs.push(leg);
    leg.dial();
    return leg;
  }

  /** The vendor says that the token ends soon. */
  tellExpiry(): void {
    if (!this.#closed) this.#context.report({ type: 'token-expiring', expiresInMs: 30_000 });
  }

  /** The vendor gives the session up. */
  fail(
    error: DialerError = new DialerError('network/signalling-lost', { route: this.#site.route }),
  ): void {
    if (this.#closed) return;
    for (const leg of this.#legs) leg.onFailed(error);
    this.#end();
    this.#context.report({ type: 'connection', state: 'failed', error });
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    for (const leg of this.#legs) leg.release();
    this.#end();
    await new Promise<void>((resolve) => {
      this.#clock.after(FAREWELL_MS, `vendor ${this.#site.route}`, 'farewell', resolve);
    });
  }

  #line(): LegLine {
    const session = this;
    const { route } = this.#site;
    const key = ({ request: { callId, attempt } }: PageLeg) => ({ callId, attempt, route });
    return {
      route,
      get connected() {
        return session.open;
      },
      send: (message) => this.#wire?.send(message),
      after: (ms, what, act) => this.#after(ms, what, act),
      invited: (leg) => {
        const microphone =
          leg.request.stream?.getTracks().some(({ readyState }) => readyState === 'live') ?? false;
        this.#journal.invites.push({ atMs: this.#clock.nowMs, ...key(leg), microphone });
      },
      reported: (leg, event) => {
        const atMs = this.#clock.nowMs;
        this.#journal.reports.push({ atMs, ...key(leg), event });
        if (event.type === 'ended' && event.final)
          this.#journal.proofs.push({ atMs, ...key(leg), by: 'carrier' });
        this.#site.watch?.(leg, event);
      },
      abandon: (error) => this.fail(error),
    };
  }

  #connect(): void {
    const { route, chance, behaviour, gateway } = this.#site;
    const line = { tell: (message: Down) => wire.tell(message) };
    const wire = new Wire<Up, Down>(route, this.#clock, chance, behaviour.latencyMs, {
      onUp: (message) => gateway.hear(this.#page, message),
      onDown: (message) => this.#hear(message),
      onPageLost: () => this.#onLost(),
      onCarrierLost: () => {
        // By then the page may have another connection.
        if (this.#page.line === line) gateway.lost(this.#page);
      },
    });
    this.#wire = wire;
    this.#page.line = line;
  }

  #hear(message: Down): void {
    if (this.#closed) return;
    const { callId, attempt } = message;
    const leg = this.#legs.find(
      ({ request }) => request.callId === callId && request.attempt === attempt,
    );
    leg?.hear(message);
    if (leg?.over && this.#site.behaviour.talksOn) leg.talkOn(message);
  }

  #onLost(): void {
    if (this.#closed) return;
    const error = new DialerError('network/signalling-lost', { route: this.#site.route });
    this.#context.report({ type: 'connection', state: 'reconnecting', error });
    for (const leg of [...this.#legs]) leg.onLost(error);
    this.#tries = 0;
    this.#retry();
  }

  #retry(): void {
    const ms = RETRY_MS[this.#tries];
    if (this.#closed) return;
    if (ms === undefined) {
      this.fail();
      return;
    }
    this.#tries += 1;
    this.#stopRetry = this.#after(ms, 'retry', () => {
      if (!this.#site.reachable) {
        this.#retry();
        return;
      }
      this.#connect();
      this.#context.report({ type: 'connection', state: 'ready' });
      for (const leg of [...this.#legs]) leg.onBack();
      this.#wire?.send({ type: 'resume' });
    });
  }

  #end(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#stopRetry();
    this.#journal.openSessions -= 1;
    this.#site.sessions.delete(this);
    this.#wire?.close();
  }

  #after(ms: number, what: string, act: () => void): () => void {
    this.#journal.vendorTimers += 1;
    let waits = true;
    const done = () => {
      if (waits) this.#journal.vendorTimers -= 1;
      waits = false;
    };
    const stop = this.#clock.after(ms, `vendor ${this.#site.route}`, what, () => {
      done();
      act();
    });
    return () => {
      done();
      stop();
    };
  }
}
