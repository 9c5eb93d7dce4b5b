import type { ProviderContext } from '../../../../src/providers/provider.js';
import type { SipOptions } from '../../../../src/providers/sip/index.js';

/** How to open a session; travels as JSON. */
export interface OpenConfig {
  readonly server: SipOptions['server'];
  /** Password, or bearer token. @defaultValue 'secret-visitor' */
  readonly token?: string | undefined;
  readonly options?: Omit<SipOptions, 'server' | 'domain' | 'sdk'> | undefined;
  /** Changes of the context. */
  readonly context?:
    | Partial<Pick<ProviderContext, 'relayOnly' | 'codecs' | 'iceServers'>>
    | undefined;
  /** Aborts after so many milliseconds. */
  readonly abortAfterMs?: number | undefined;
  /** What becomes of calls that come in; left out: `register()` is not called. */
  readonly incoming?: 'attach' | 'ignore' | undefined;
}

/** How to dial; travels as JSON. */
export interface DialConfig {
  readonly from?: string | undefined;
  readonly params?: Readonly<Record<string, string>> | undefined;
  /** Sends no sound. */
  readonly listenOnly?: boolean | undefined;
  /** The tracks are disabled before the call is made. */
  readonly muted?: boolean | undefined;
  /** It is hung up while this is being reported. */
  readonly hangsUpAt?: string | undefined;
}

/** What is done with the newest leg. */
export type Action = 'hold' | 'resume' | 'digit 5' | 'transfer' | 'answer' | 'listen' | 'token';

/** What the page offers to tests. */
export interface SipPage {
  /** Opens a session; gives `ready`, or the code of the error. */
  open(config: OpenConfig): Promise<string>;
  dial(to: string, config?: DialConfig): Promise<void>;
  hangup(): void;
  release(): void;
  /** Gives `done`, or the code of the error. */
  act(what: Action): Promise<string>;
  /** Sends a tone of this frequency instead, or nothing. */
  replaceTrack(frequency: number | undefined): Promise<void>;
  setMuted(muted: boolean): void;
  /** Pretends that the newest peer connection has this state. */
  pretend(state: 'iceConnectionState' | 'connectionState', value: string): void;
  close(): Promise<void>;
  /** Makes timers of these lengths as short as this, all in milliseconds. */
  hurry(ms: number, lengths: readonly number[]): void;
  /** What the newest leg reported, in short. */
  readonly says: readonly string[];
  /** What the session reported, in short. */
  readonly connection: readonly string[];
  /** Reasons for which tokens were asked for. */
  readonly tokens: readonly string[];
  /** The error that a leg ended with last. */
  readonly lastError: Readonly<Record<string, unknown>> | undefined;
  /** When it was dialled last, on the lab's clock. */
  readonly dialledAtMs: number;
  /** Whether the tracks of the leg are enabled. */
  readonly isEnabled: boolean;
  /** What came in: who calls whom, with what. */
  readonly incoming: readonly unknown[];
  /** How often the page or the library opened a microphone. */
  readonly microphonesOpened: number;
  /** Types of the far side's candidates that the newest peer connection knows. */
  remoteCandidates(): Promise<readonly string[]>;
}

declare global {
  /** Put there by this page. */
  var sipPage: SipPage;
}
