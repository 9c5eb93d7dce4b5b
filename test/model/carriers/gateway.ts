import type { AccessServer, FencedCarrier } from '../world/access-server.js';
import type { Chance } from '../world/chance.js';
import type { ModelClock } from '../world/model-clock.js';
import type { Phone, PhoneCall, PhoneWord } from '../world/phone.js';
import type { CarrierBehaviour } from './behaviour.js';
import type { Down, LegWord, Up } from './messages.js';

/** The far end of a page's connection. */
export interface PageLine {
  tell(message: Down): void;
}

/** A page as the carrier knows it over several connections. */
export interface PageSession {
  /** `undefined` while there is no connection. */
  line: PageLine | undefined;
}

interface GatewayLeg {
  readonly callId: string;
  readonly attempt: number;
  readonly page: PageSession;
  /** The page is told nothing about it. */
  readonly deaf: boolean;
  call: PhoneCall | undefined;
  answered: boolean;
  over: boolean;
  /** What a page that comes back is told again. */
  last: LegWord | undefined;
}

/** What the gateway needs. */
export interface GatewayOptions {
  readonly route: string;
  readonly behaviour: CarrierBehaviour;
  readonly clock: ModelClock;
  readonly chance: Chance;
  readonly phone: Phone;
  readonly server: AccessServer;
}

/** Legs of a page that is gone are kept for this long, milliseconds. */
const KEPT_MS = 15_000;
const HELD_MS = [3_500, 12_000] as const;
const ROUTING_MS = [5, 80] as const;

/** The carrier's own side: it takes calls from pages and dials the phone. */
export class Gateway implements FencedCarrier {
  readonly asksServer: boolean;
  readonly #options: GatewayOptions;
  readonly #legs: GatewayLeg[] = [];
  #taken = 0;

  constructor(options: GatewayOptions) {
    this.#options = options;
    this.asksServer = options.behaviour.asksServer;
  }

  /** A message of a page. */
  hear(page: PageSession, message: Up): void {
    if (message.type === 'resume') this.#onResume(page);
    else if (message.type === 'invite') this.#onInvite(page, message.callId, message.attempt);
    else this.#onHangup(page, message.callId, message.attempt, message.type === 'cancel');
  }

  /** A page's connection is gone. */
  lost(page: PageSession): void {
    page.line = undefined;
    this.#later([KEPT_MS, KEPT_MS], 'page is gone', () => {
      if (page.line) return;
      for (const leg of this.#legs) if (leg.page === page) this.#cut(leg);
    });
  }

  endLeg(callId: string, attempt: number): ReturnType<FencedCarrier['endLeg']> {
    const leg = this.#find(callId, attempt);
    if (!leg) return undefined;
    const rang = leg.call?.leg.ringStartMs !== undefined;
    if (leg.over) return rang ? 'had rung' : 'never rang';
    if (leg.answered || leg.call?.cancel() === false) return 'answered';
    this.#final(leg, 487);
    return rang ? 'had rung' : 'never rang';
  }

  endCall(callId: string): void {
    for (const leg of this.#legs) if (leg.callId === callId) this.#cut(leg);
  }

  /** The far side ends every leg in this way: a fault in the carrier's network. */
  failAll(code: number): void {
    for (const leg of this.#legs) {
      if (leg.over) continue;
      leg.call?.cut();
      this.#final(leg, leg.answered ? undefined : code);
    }
  }

  /** Says once more what it said last. */
  repeat(): void {
    for (const leg of this.#legs) if (leg.last) this.#tell(leg, leg.last);
  }

  #onInvite(page: PageSession, callId: string, attempt: number): void {
    const { behaviour } = this.#options;
    this.#taken += 1;
    const invites = this.#taken > behaviour.forCalls ? 'are routed' : behaviour.invites;
    if (invites === 'are swallowed') return;
    if (invites === 'are late') {
      this.#later(HELD_MS, 'invite', () => this.#route(page, callId, attempt, invites));
    } else {
      this.#route(page, callId, attempt, invites);
    }
  }

  #route(
    page: PageSession,
    callId: string,
    attempt: number,
    invites: CarrierBehaviour['invites'],
  ): void {
    const { behaviour, server, phone, route } = this.#options;
    const leg: GatewayLeg = {
      callId,
      attempt,
      page,
      deaf: invites === 'are routed in silence',
      call: undefined,
      answered: false,
      over: false,
      last: undefined,
    };
    this.#legs.push(leg);
    if (behaviour.kind !== 'twilio' && this.#options.chance.happens(0.9))
      this.#tell(leg, { type: 'acknowledged' });
    if (invites === 'are shelved') return;
    this.#later(ROUTING_MS, 'routing', () => {
      if (leg.over) return;
      const code = /^fail with (\d+)$/.exec(invites)?.[1];
      if (code !== undefined) {
        this.#final(leg, Number(code));
        return;
      }
      if (behaviour.asksServer && !server.permits(callId, attempt)) {
        this.#final(leg, 603);
        return;
      }
      if (behaviour.kind === 'twilio' && behaviour.answersItself) {
        leg.answered = true;
        this.#tell(leg, { type: 'answered' });
        this.#tell(leg, { type: 'media' });
      }
      leg.call = phone.dial({ callId, attempt, route }, (word) =>
        this.#onPhone(leg, word, invites),
      );
    });
  }

  #onPhone(leg: GatewayLeg, word: PhoneWord, invites: CarrierBehaviour['invites']): void {
    if (leg.over) return;
    if (word.type === 'over') {
      this.#final(leg, word.code);
      return;
    }
    const { answersItself, kind } = this.#options.behaviour;
    const bridged = kind === 'twilio' && answersItself;
    if (word.type === 'answered') leg.answered = true;
    if (!bridged) this.#tell(leg, { type: word.type });
    if (word.type === 'answered' && !bridged)
      this.#later(ROUTING_MS, 'media', () => !leg.over && this.#tell(leg, { type: 'media' }));
    if (word.type === 'ringing' && invites === 'ring, then fail') {
      this.#later([200, 800], 'fails', () => {
        if (leg.over || leg.answered) return;
        leg.call?.cut();
        this.#final(leg, 503);
      });
    }
  }

  #onHangup(page: PageSession, callId: string, attempt: number, cancel: boolean): void {
    const leg = this.#find(callId, attempt);
    if (!leg || leg.over) {
      this.#say(page, { type: 'hangup-result', done: false, callId, attempt });
      return;
    }
    if (cancel) {
      // The answer to the INVITE tells whether it came in time.
      this.#tell(leg, { type: 'hangup-result', done: true });
      if (leg.answered || leg.call?.cancel() === false) return;
      this.#final(leg, 487);
      return;
    }
    if (!leg.answered) leg.call?.cancel();
    leg.call?.cut();
    if (this.#options.behaviour.kind !== 'telnyx') {
      this.#final(leg, leg.answered ? undefined : 487);
      return;
    }
    leg.over = true;
    leg.last = undefined;
    this.#tell(leg, { type: 'hangup-result', done: true });
  }

  #onResume(page: PageSession): void {
    const { kind } = this.#options.behaviour;
    for (const leg of this.#legs) {
      // Of a call that ended meanwhile, a Telnyx-like one says nothing; SIP knows conversations only.
      const silent = (kind === 'telnyx' && leg.over) || (kind === 'sip' && !leg.answered);
      if (leg.page === page && leg.last && !silent) this.#tell(leg, leg.last);
    }
  }

  #cut(leg: GatewayLeg): void {
    if (leg.over) return;
    leg.call?.cut();
    this.#final(leg, leg.answered ? undefined : 487);
  }

  #final(leg: GatewayLeg, code: number | undefined): void {
    leg.over = true;
    this.#tell(leg, { type: 'final', code });
  }

  #tell(leg: GatewayLeg, word: LegWord): void {
    if (word.type !== 'media' && word.type !== 'hangup-result') leg.last = word;
    if (leg.deaf) return;
    this.#say(leg.page, { ...word, callId: leg.callId, attempt: leg.attempt });
  }

  #say(page: PageSession, message: Down): void {
    if (this.#options.behaviour.kind === 'twilio' && message.type === 'hangup-result') return;
    page.line?.tell(message);
  }

  #find(callId: string, attempt: number): GatewayLeg | undefined {
    return this.#legs.find((leg) => leg.callId === callId && leg.attempt === attempt);
  }

  #later(ms: readonly [number, number], what: string, act: () => void): void {
    const { clock, chance, route } = this.#options;
    clock.after(chance.between(...ms), `gateway ${route} ${chance.between(0, 1e6)}`, what, act);
  }
}
