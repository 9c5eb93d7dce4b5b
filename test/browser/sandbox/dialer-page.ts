import { type Call, Dialer } from 'everdial';
import { sandbox, sandboxNumbers } from 'everdial/providers/sandbox';

/** What tests reach in the page: a Dialer over the sandbox, and what it told. */
export interface SandboxDialerPage {
  readonly dialer: Dialer;
  readonly numbers: typeof sandboxNumbers;
  /** Calls, and keeps the call. */
  dial(to: string): void;
  /** The call made last. */
  readonly call: Call;
  /** Its states in order. */
  readonly states: readonly string[];
  /** What the telephone went through. */
  history(): readonly string[];
}

declare global {
  /** Put there by this page. */
  var sandboxDialer: SandboxDialerPage;
}

const provider = sandbox();
const dialer = new Dialer({ providers: [provider] });
const states: string[] = [];
let call: Call | undefined;

globalThis.sandboxDialer = {
  dialer,
  numbers: sandboxNumbers,
  dial(to) {
    call = dialer.dial(to);
    call.on('state-changed', ({ state }) => states.push(state));
  },
  get call() {
    if (!call) throw new Error('nothing was dialled');
    return call;
  },
  states,
  history: () => provider.history.map(({ event, digit }) => digit ?? event),
};
