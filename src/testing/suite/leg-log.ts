import type { LegEvent, LegReport } from '../../providers/provider.js';

/** Events that prove that the call had been sent before. */
const PHASES: Partial<Record<LegEvent['type'], number>> = {
  sent: 1,
  acknowledged: 2,
  progress: 3,
  answered: 4,
};

/** May come while the call is still being prepared in the browser. */
const BEFORE_SENT: ReadonlySet<LegEvent['type']> = new Set<LegEvent['type']>([
  'sent',
  'ended',
  'identified',
  'peer-connection',
]);

/** What a leg reported, and the rules it broke while doing so. */
export class LegLog {
  readonly events: LegEvent[] = [];
  readonly #breach: (description: string) => void;
  #phase = 0;
  #over: string | undefined;
  #hungUp = false;

  /** @param breach - Told of each broken rule. */
  constructor(breach: (description: string) => void) {
    this.#breach = breach;
  }

  readonly report: LegReport = (event) => {
    this.#check(event);
    this.events.push(event);
  };

  /** The first event of this type. */
  find<Type extends LegEvent['type']>(type: Type): Extract<LegEvent, { type: Type }> | undefined {
    return this.events.find(
      (event): event is Extract<LegEvent, { type: Type }> => event.type === type,
    );
  }

  has(type: LegEvent['type']): boolean {
    return this.find(type) !== undefined;
  }

  count(type: LegEvent['type']): number {
    return this.events.filter((event) => event.type === type).length;
  }

  /** From now on an end may be our own. */
  hungUp(): void {
    this.#hungUp = true;
  }

  /** From now on nothing may be reported. */
  finish(why: string): void {
    this.#over ??= why;
  }

  /** The types in order, for messages. */
  toString(): string {
    return this.events.map(({ type }) => type).join(', ') || 'nothing';
  }

  #check(event: LegEvent): void {
    if (this.#over) this.#breach(`${event.type} was reported after ${this.#over}`);
    if (this.#phase === 0 && !BEFORE_SENT.has(event.type)) {
      this.#breach(`${event.type} was reported before sent`);
    }
    const phase = PHASES[event.type];
    if (phase !== undefined) {
      const again = phase === this.#phase && event.type !== 'progress';
      if (again) this.#breach(`${event.type} was reported twice`);
      if (phase < this.#phase) this.#breach(`${event.type} was reported after ${this}`);
      this.#phase = Math.max(phase, this.#phase);
    }
    if (event.type === 'ended') {
      if (event.by === 'local' && !this.#hungUp) {
        this.#breach('ended by local was reported, but nobody here had hung up');
      }
      this.finish('ended');
    }
  }
}
