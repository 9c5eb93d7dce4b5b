import type { HangupCause, RouteStatus } from 'everdial';

/** A carrier of the soak; the name of its route, too. */
export type CarrierId = 'telnyx' | 'twilio';

/** What the page is made with; it travels as JSON. */
export interface SoakConfig {
  /** Where the carriers are. */
  readonly hosts: Readonly<Record<CarrierId, string>>;
  /** The sixty seconds after which an idle connection is closed, milliseconds instead of those. */
  readonly idleMs: number;
}

/** What a visitor does in a conversation. */
export type VisitorAction =
  | 'mute'
  | 'hold'
  | 'digits'
  | 'other-device'
  | 'lose-device'
  | 'security';

/** One call of the soak, as the page carries it out. */
export interface PageCall {
  readonly to: string;
  /** The routes in order. */
  readonly routes: readonly CarrierId[];
  /** Milliseconds from the press to the hang-up; 0: in the same turn; `undefined`: after the conversation. */
  readonly hangUpMs: number | undefined;
  /** What is done once sound flows. */
  readonly actions: readonly VisitorAction[];
  /** How long a conversation lasts after that, milliseconds. */
  readonly talkMs: number;
  /** Whether the answered call stays without sound. */
  readonly silent: boolean;
  /** Whether the browser refuses the microphone this time. */
  readonly microphoneDenied: boolean;
}

/** What the page tells of one call. */
export interface CallRecord {
  readonly callId: string;
  /** Health of the routes at the press, in the order of the call. */
  readonly health: readonly RouteStatus['health'][];
  readonly cause: HangupCause;
  readonly code: string | undefined;
  readonly confirmed: boolean;
  readonly released: boolean;
  /** `provider phase code` of each attempt. */
  readonly attempts: readonly string[];
  readonly states: readonly string[];
  /** When it ended, epoch milliseconds. */
  readonly endedAtMs: number;
  /** Milliseconds from the press to the end. */
  readonly tookMs: number;
  /** What held for no call, or for an earlier one: a second end, an event after the end, an action that failed. */
  readonly complaints: readonly string[];
}

/** Something that lives in the page and belongs to somebody. */
export interface OwnedCount {
  /** `everdial`, or the vendor whose code made it. */
  readonly owner: string;
  /** Such as `timeout 3590000 ms` or `window beforeunload`. */
  readonly what: string;
  readonly count: number;
}

/** What is open in the page, as scripts see it. */
export interface PageCounts {
  readonly liveTracks: number;
  readonly peerConnections: number;
  readonly sockets: number;
  readonly audioContexts: number;
  /** Live timeouts and intervals. */
  readonly timers: readonly OwnedCount[];
  /** Listeners on what lives as long as the page: window, document, media devices … */
  readonly listeners: readonly OwnedCount[];
  /** Nodes of Web Audio that were not collected: in a context that runs, none is as long as it has a stream. */
  readonly audioNodes: readonly OwnedCount[];
  /** Entries of `performance.measure` and `performance.mark`, whoever made them. */
  readonly measures: number;
  readonly marks: readonly OwnedCount[];
}

/** What the soak reaches in the page. */
export interface SoakPage {
  /** Makes the Dialer, the only one of the page. */
  create(config: SoakConfig): void;
  /** Places one call, and tells how it went when it has ended. */
  call(call: PageCall): Promise<CallRecord>;
  /** Prepares for a call, as a page does when the visitor comes near the button. */
  warmUp(): Promise<void>;
  /** The same with the microphone, as when a pointer goes down on the button, and what a hand takes to come up again. */
  pointerDown(): Promise<void>;
  /** Lets the hold-offs of routes pass, and connects these once, which shows that they work again. */
  heal(): Promise<void>;
  /** Calls that ended and are still somewhere in memory. */
  keptCalls(): number;
  /** Connections of routes that are not idle. */
  busyRoutes(): number;
  /** Frees everything. */
  close(): Promise<void>;
}

/** What the page's probe tells; it is there before any other script. */
export interface SoakProbe {
  /** Counts what is open. */
  counts(): PageCounts;
  /** The next `getUserMedia` is refused. */
  denyMicrophone(): void;
  /** Takes back a refusal that nobody met. */
  allowMicrophone(): void;
  /** Ends the tracks that `getUserMedia` gave, with their event, as when the device is pulled out. */
  loseMicrophone(): void;
}

declare global {
  /** Put there by the page of the soak. */
  var everdialSoak: SoakPage;
  /** Put there before any script of the page. */
  var everdialSoakProbe: SoakProbe;
}
