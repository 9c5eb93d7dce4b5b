/** What sort of carrier it is. */
export type CarrierKind = 'telnyx' | 'twilio' | 'sip';

/** How its login goes. */
export type Login =
  | 'works'
  | 'is refused'
  | 'is silent'
  | 'takes 1 s'
  | 'refuses the first token'
  | 'refuses every token'
  | 'lacks its code'
  | 'has slow code';

/** What it does with a call. */
export type Invites =
  | 'are routed'
  /** Lost inside the carrier, no leg exists. */
  | 'are swallowed'
  /** The leg is real, but the page is told nothing. */
  | 'are routed in silence'
  /** Acknowledged where that is possible, and then nothing; no phone is dialled. */
  | 'are shelved'
  /** Held for some seconds, then routed. */
  | 'are late'
  | 'ring, then fail'
  | `fail with ${401 | 402 | 403 | 408 | 480 | 488 | 500 | 503 | 603}`;

/** A carrier of a script: what it is, and how it behaves. */
export interface CarrierBehaviour {
  readonly kind: CarrierKind;
  readonly login: Login;
  readonly invites: Invites;
  /** How many calls it treats so; those after are routed. */
  readonly forCalls: number;
  /** One way between page and carrier, milliseconds. */
  readonly latencyMs: readonly [least: number, most: number];
  /** It answers the browser's leg at once, before the callee's phone rings (no `answerOnBridge`). Twilio-like only. */
  readonly answersItself: boolean;
  /** Whether it asks the application's server before it dials. */
  readonly asksServer: boolean;
  /** Its adapter goes on talking about legs that were released. */
  readonly talksOn: boolean;
}

/** One that works. */
export const WORKING: CarrierBehaviour = {
  kind: 'telnyx',
  login: 'works',
  invites: 'are routed',
  forCalls: Number.POSITIVE_INFINITY,
  latencyMs: [20, 60],
  answersItself: false,
  asksServer: true,
  talksOn: false,
};
