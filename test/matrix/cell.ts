import type { DialerErrorCode, HangupCause, RedialAdvice } from 'everdial';
import type { BrowserContext } from 'playwright-core';
import type { LabPage, OpenPageOptions } from '../lab/browser/open-page.js';
import type { PhoneBehaviour } from '../lab/network/behaviour.js';
import type { Phone } from '../lab/network/phone.js';
import type { Lab } from '../lab/start-lab.js';
import type { CarrierId, PageConfig } from './page-side/page-types.js';

export type { CarrierId } from './page-side/page-types.js';

/** Every order in which the carriers are configured: each before another one, each alone, and all in a row. */
export const ORDERS = [
  'telnyx-twilio',
  'twilio-telnyx',
  'telnyx',
  'twilio',
  'telnyx-sip',
  'sip-twilio',
  'sip',
  'telnyx-sip-twilio',
] as const;

/** One of {@link ORDERS}. */
export type Order = (typeof ORDERS)[number];

/**
 * When the fault strikes: `P1` nothing was sent · `P2` sent, no word back · `P3` the carrier has the call · `P4` ringing or
 * early media · `P5` answered.
 */
export type Phase = 'P1' | 'P2' | 'P3' | 'P4' | 'P5';

/** Counts for the carriers in their order; what is left out is 0. */
export type Counts = readonly number[];

/** What must come of a cell. */
export interface Expected {
  /** Where only chance tells how far the call came: INVITEs, rings and answers are not compared. */
  readonly anyLegs?: true;
  /** INVITEs that left the browser. */
  readonly invites: Counts;
  /** How often the phone started to ring. */
  readonly rings: Counts;
  /** How often the phone was answered. */
  readonly answers: Counts;
  /** Whether the call moved to another carrier. */
  readonly switched: boolean;
  /** The outcome's cause; `undefined` where the page is gone before there is one. */
  readonly cause: HangupCause | undefined;
  /** The outcome's error code, where it matters. */
  readonly code?: DialerErrorCode;
  /** The outcome's advice, where it matters. */
  readonly redialAdvice?: RedialAdvice;
  /** The outcome's `confirmed`, where it matters. */
  readonly confirmed?: boolean;
  /** Milliseconds from the press to the second carrier's first INVITE, from and to. */
  readonly secondInviteMs?: readonly [number, number];
  /** Milliseconds from the press to `ended`, from and to. */
  readonly endedMs?: readonly [number, number];
  /** Logins at the first carrier; the second one is often connected beside it. */
  readonly logins?: number;
  /** Milliseconds from the press to the moment at which the first carrier may be used again, from and to. */
  readonly heldOffMs?: readonly [number, number];
  /** A problem that was told while the call lived. */
  readonly problem?: DialerErrorCode;
  /** Words in a warning that was logged. */
  readonly warned?: string;
  /** Events that must have been told, in any order. */
  readonly events?: readonly string[];
}

/** What a cell can reach while it runs. */
export interface Scene {
  readonly lab: Lab;
  /** The carrier that is to be used first, and the next one; alone, the other one takes no part. */
  readonly first: CarrierId;
  readonly second: CarrierId;
  /** Their gateways. */
  readonly gateway: Lab[CarrierId];
  readonly otherGateway: Lab[CarrierId];
  /** The callee's phone. */
  readonly phone: Phone;
  readonly page: LabPage;
  /** Presses the button. */
  dial(): Promise<void>;
  /** The visitor hangs up. Does not wait for the end. */
  hangup(): Promise<void>;
  /** Waits until the call has told an event or reached a state of this name. */
  until(name: string): Promise<void>;
  /** Waits until the first carrier has sent or received a frame with this in it. */
  untilWire(pattern: RegExp): Promise<void>;
  /** Lets time pass, where that is the fault. */
  pause(ms: number): Promise<void>;
}

/** One fault in one phase: what is arranged, what happens, and what must come of it. */
export interface Cell {
  /** Row of the fault matrix, such as `F05`. */
  readonly id: string;
  /** What breaks, in words; with `id` and `phase` unique. */
  readonly name: string;
  readonly phase: Phase;
  /** Why the expectation is not what one would wish for, where it can not be. */
  readonly because?: string;
  /** How the page and the Dialer are made. */
  readonly page?: Partial<Omit<PageConfig, 'routes' | 'hosts'>>;
  /** Other addresses of the first carrier. */
  readonly host?: (lab: Lab, first: CarrierId) => string;
  /** How the browser opens the page. */
  readonly open?: OpenPageOptions;
  /** What the browser is told before the page loads. */
  readonly prepare?: (context: BrowserContext, first: CarrierId, lab: Lab) => Promise<void>;
  /** How the phone takes calls through the first carrier; others it takes as it always does. @defaultValue rings 50 ms after the INVITE, answers after 300 ms more */
  readonly phone?: Partial<PhoneBehaviour>;
  /** Faults that hold before the press. */
  readonly arrange?: (scene: Omit<Scene, 'page'>) => void;
  /** What visitor and network do. @defaultValue the visitor presses the button */
  readonly act?: (scene: Scene) => Promise<void>;
  /** What must come of it, for each order that the cell speaks of. */
  readonly expect: Readonly<Partial<Record<Order, Expected>>>;
  /** Orders that belong to the short form. @defaultValue none */
  readonly short?: readonly Order[];
  /** The carrier can not be reached any more when the call ends: what rings or talks there is out of the page's hands. */
  readonly outOfReach?: true;
  /** Nothing is heard at the phone, so that the call is hung up without waiting for sound. */
  readonly mute?: true;
  /** Longest wait for an end or a conversation, milliseconds. @defaultValue 25 000 */
  readonly limitMs?: number;
}
