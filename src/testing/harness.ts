import type { TokenGrant } from '../access/hooks.js';
import type { HangupCause } from '../errors/hangup-cause.js';
import type { Provider } from '../providers/provider.js';

/** The ends of a call that every vendor knows. */
export type HarnessEnd = Extract<
  HangupCause,
  'completed' | 'busy' | 'rejected' | 'unavailable' | 'invalid-number' | 'provider-failed'
>;

/**
 * What a writer of a provider supplies to test it: the provider on top of a simulated vendor, and the strings that move
 * it.
 */
export interface ProviderHarness {
  /** A fresh provider on a fresh simulated vendor, for each case. */
  create(): Promise<ProviderUnderTest>;
}

/** One provider under test and the far side of it. */
export interface ProviderUnderTest {
  /** The provider. */
  readonly provider: Provider;
  /** Lets the connection succeed, fail, or hang; to be called before or during `open()`. */
  connection(outcome: 'accept' | 'refuse' | 'refuse-token' | 'ignore'): Promise<void>;
  /** The vendor's cloud takes the call. Only if the vendor acknowledges at all. */
  acknowledge(): Promise<void>;
  /** The callee's telephone rings. */
  ring(): Promise<void>;
  /** The callee answers. */
  answer(): Promise<void>;
  /** The far side ends the call, as the vendor would for this cause. */
  end(cause: HarnessEnd): Promise<void>;
  /** The signalling connection breaks. */
  dropSignalling(): Promise<void>;
  /** A call comes in. Only if `capabilities.inbound`. */
  ringIn?(from: string): Promise<void>;
  /**
   * A fresh live stream to send: a real one, where the vendor's SDK needs it.
   * @defaultValue a stream of a fake microphone
   */
  stream?(): Promise<MediaStream>;
  /**
   * A token that the simulated vendor accepts.
   * @defaultValue `{ token: 'conformance-token' }`
   */
  getToken?(): Promise<TokenGrant>;
  /**
   * The number to call, E.164.
   * @defaultValue a fictional one
   */
  readonly to?: string | undefined;
  /** Calls that reached the vendor's cloud so far. */
  readonly sentCalls: number;
  /** Sockets, peer connections and tracks that are still open; 0 after `close()`. */
  readonly openResources: number;
  /** Throws the simulated vendor away. */
  dispose(): Promise<void>;
}

/** One case of the conformance suite. */
export interface ProviderTestCase {
  /** A sentence about what must hold. */
  readonly name: string;
  /** Resolves when it holds, rejects with a description when not. */
  run(): Promise<void>;
}
