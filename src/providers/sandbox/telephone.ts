import type { SandboxRecord } from './sandbox-record.js';
import type { SandboxAction, SandboxScenario } from './scenario.js';

/** What a {@link Telephone} needs of the network it is connected to. */
export interface TelephoneLine {
  /** Whether the browser's signalling connection is up. */
  readonly signallingUp: boolean;
  /** Calls back later, unless the network is shut down first. Returns the function that prevents it. */
  later(callback: () => void, delayMs: number): () => void;
  /** Writes into the history. */
  record(event: SandboxRecord['event'], digit?: string): void;
  /** Told what happened, after it did. */
  happened(action: SandboxAction): void;
}

const ENDS: ReadonlySet<SandboxAction> = new Set<SandboxAction>([
  'hang-up',
  'busy',
  'reject',
  'not-found',
  'unavailable',
  'server-error',
  'over-limit',
]);

/** The far side of one call. It goes on whether or not anybody at the page still listens. */
export class Telephone {
  readonly #line: TelephoneLine;
  #phase: 'idle' | 'ringing' | 'answered' | 'over' = 'idle';
  #stopStep: () => void = () => undefined;

  constructor(line: TelephoneLine) {
    this.#line = line;
  }

  get answered(): boolean {
    return this.#phase === 'answered';
  }

  get over(): boolean {
    return this.#phase === 'over';
  }

  /** Plays a scenario from its first step on. */
  play([step, ...rest]: SandboxScenario): void {
    if (!step || (this.over && this.#line.signallingUp)) return;
    this.#stopStep = this.#line.later(() => {
      this.act(step.does);
      this.play(rest);
    }, step.afterMs);
  }

  /** Does one thing now. What makes no sense any more, such as ringing after the answer, does nothing. */
  act(action: SandboxAction): void {
    // The connection is the page's: it breaks and comes back, whatever becomes of this call.
    const isSignalling = action === 'lose-signalling' || action === 'restore-signalling';
    if (this.over && !isSignalling) return;
    if (action === 'ring') {
      if (this.#phase !== 'idle') return;
      this.#phase = 'ringing';
      this.#line.record('rang');
    }
    if (action === 'answer') {
      if (this.answered) return;
      this.#phase = 'answered';
      this.#line.record('answered');
    }
    if (ENDS.has(action)) this.#finish();
    this.#line.happened(action);
  }

  /** Hears a digit. */
  hear(digit: string): void {
    if (!this.over) this.#line.record('digit', digit);
  }

  /** The caller's cancel or hang-up has arrived. */
  hangUp(): void {
    this.#stopStep();
    this.#finish();
  }

  #finish(): void {
    // Otherwise the scenario may still bring the connection back.
    if (this.#line.signallingUp) this.#stopStep();
    if (this.#phase === 'ringing') this.#line.record('stopped-ringing');
    if (this.#phase === 'answered') this.#line.record('hung-up');
    this.#phase = 'over';
  }
}
