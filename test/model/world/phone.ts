import type { ModelClock } from './model-clock.js';

/** What the callee does when the phone rings, or why it never does. */
export type Callee =
  | 'answers'
  | 'lets it ring'
  | 'declines'
  | 'hangs up soon'
  | 'answers during cancel'
  | 'hears an announcement first'
  | 'is busy'
  | 'has no such number';

/** One leg as the callee's side knows it: the oracle. No word of a Dialer is in here. */
export interface PhoneLeg {
  readonly callId: string;
  readonly attempt: number;
  readonly route: string;
  ringStartMs?: number;
  ringEndMs?: number;
  answeredAtMs?: number;
  /** When it was over for the callee. */
  overAtMs?: number;
  /** Conversation that is charged for, milliseconds. */
  billedMs: number;
}

/** What the phone network tells the carrier about a leg. */
export type PhoneWord =
  | { readonly type: 'ringing' | 'early-media' | 'answered' }
  /** Over by the far side, with the SIP code where it was not answered. */
  | { readonly type: 'over'; readonly code: number | undefined };

/** A leg that the carrier can end. */
export interface PhoneCall {
  readonly leg: PhoneLeg;
  /** The carrier gives the leg up. Returns false where the callee was quicker and has answered. */
  cancel(): boolean;
  /** The carrier ends it, answered or not. */
  cut(): void;
}

/** How one call is taken. */
export interface Taking {
  readonly callee: Callee;
  /** From the carrier's dialling to the ringing, milliseconds. */
  readonly postDialDelayMs: number;
  /** From the ringing to what the callee does, milliseconds. */
  readonly ringMs: number;
}

/** The callee's phone network gives up after this long, milliseconds. */
const NETWORK_PATIENCE_MS = 120_000;
const SHORT_TALK_MS = 2_000;

/** The callee's telephone, and the record of all that ever reached it. */
export class Phone {
  readonly legs: PhoneLeg[] = [];
  readonly #clock: ModelClock;
  readonly #taking: Taking;
  readonly #alive = new Map<PhoneLeg, (word: 'answer' | 'hang up') => void>();

  constructor(clock: ModelClock, taking: Taking) {
    this.#clock = clock;
    this.#taking = taking;
  }

  /** Legs that ring or talk now. */
  get alive(): readonly PhoneLeg[] {
    return [...this.#alive.keys()].filter(({ ringStartMs }) => ringStartMs !== undefined);
  }

  /** The callee lifts or puts down the receiver now. */
  does(word: 'answer' | 'hang up'): void {
    for (const act of [...this.#alive.values()]) act(word);
  }

  /** A carrier dials the callee. */
  dial(
    { callId, attempt, route }: Pick<PhoneLeg, 'callId' | 'attempt' | 'route'>,
    tell: (word: PhoneWord) => void,
  ): PhoneCall {
    const { callee, postDialDelayMs, ringMs } = this.#taking;
    const leg: PhoneLeg = { callId, attempt, route, billedMs: 0 };
    this.legs.push(leg);
    let stopTimer: () => void = () => undefined;
    const then = (ms: number, what: string, act: () => void) => {
      stopTimer();
      stopTimer = this.#clock.after(ms, `phone ${route}`, what, () => {
        if (leg.overAtMs === undefined) act();
      });
    };
    const end = () => {
      if (leg.overAtMs !== undefined) return;
      stopTimer();
      leg.overAtMs = this.#clock.nowMs;
      if (leg.ringStartMs !== undefined) leg.ringEndMs ??= leg.overAtMs;
      if (leg.answeredAtMs !== undefined) leg.billedMs = leg.overAtMs - leg.answeredAtMs;
      this.#alive.delete(leg);
    };
    const endedBySelf = (code: number | undefined) => {
      end();
      tell({ type: 'over', code });
    };
    const answer = () => {
      if (leg.overAtMs !== undefined || leg.answeredAtMs !== undefined) return;
      leg.answeredAtMs = this.#clock.nowMs;
      leg.ringStartMs ??= leg.answeredAtMs;
      leg.ringEndMs = leg.answeredAtMs;
      stopTimer();
      tell({ type: 'answered' });
      if (callee === 'hangs up soon') then(SHORT_TALK_MS, 'hangs up', () => endedBySelf(undefined));
    };
    const ring = () => {
      leg.ringStartMs = this.#clock.nowMs;
      if (callee === 'hears an announcement first') tell({ type: 'early-media' });
      else tell({ type: 'ringing' });
      if (callee === 'declines') then(ringMs, 'declines', () => endedBySelf(603));
      else if (callee === 'lets it ring' || callee === 'answers during cancel')
        then(NETWORK_PATIENCE_MS, 'gives up', () => endedBySelf(480));
      else then(ringMs, 'answers', answer);
    };
    this.#alive.set(leg, (word) => {
      if (leg.ringStartMs === undefined) return;
      if (word === 'answer') answer();
      else endedBySelf(leg.answeredAtMs === undefined ? 603 : undefined);
    });
    then(postDialDelayMs, 'is reached', () => {
      if (callee === 'is busy') endedBySelf(486);
      else if (callee === 'has no such number') endedBySelf(404);
      else ring();
    });
    return {
      leg,
      cancel() {
        const rings = leg.ringStartMs !== undefined && leg.answeredAtMs === undefined;
        if (callee === 'answers during cancel' && rings && leg.overAtMs === undefined) answer();
        if (leg.answeredAtMs !== undefined) return false;
        end();
        return true;
      },
      cut: end,
    };
  }
}
