import type { Clock } from '../../index.js';
import type { EverdialTexts } from '../languages/en.js';
import type { HoursSign } from './hours-sign.js';
import type { LazyParts } from './lazy-parts.js';
import type { Settings } from './settings.js';

/** The opening hours of an element. What reads them is fetched only where there are any; without them it is always open. */
export class LazyHours {
  readonly #parts: LazyParts;
  readonly #make: (Sign: typeof HoursSign) => HoursSign;
  #sign: HoursSign | undefined;
  #ready: Promise<void> = Promise.resolve();
  #settings: Settings | undefined;

  /**
   * @param onChange - called when it opens or closes
   * @param onUnreadable - told hours that can not be read; they close nothing
   */
  constructor(
    parts: LazyParts,
    clock: Clock,
    onChange: () => void,
    onUnreadable: (hours: string) => void,
  ) {
    this.#parts = parts;
    this.#make = (Sign) => new Sign(clock, onChange, onUnreadable);
  }

  /** Whether it is open now; once {@link LazyHours.ready} has resolved. */
  get open(): boolean {
    return this.#sign?.open ?? true;
  }

  /** Resolves when the hours have been read. */
  get ready(): Promise<void> {
    return this.#ready;
  }

  /** Reads the hours again if they have changed. */
  read(settings: Settings): void {
    const wanted = settings.hours !== '' || this.#settings !== undefined;
    this.#settings = settings;
    if (!wanted) return;
    const hang = (Sign: typeof HoursSign): Promise<void> | undefined => {
      // Those that are wanted by now; none after the end.
      if (!this.#settings) return undefined;
      this.#sign ??= this.#make(Sign);
      this.#sign.read(this.#settings);
      return this.#sign.ready;
    };
    // What does not come closes nothing, as hours that can not be read.
    this.#ready = this.#parts.hours().then(hang, () => undefined);
  }

  /** When it opens, in words; empty when it is open. */
  opens(texts: EverdialTexts, settings: Settings): string {
    return this.#sign?.opens(texts, settings) ?? '';
  }

  /** Until when it is open, in words; empty when it is closed or always open. */
  openUntil(texts: EverdialTexts): string {
    return this.#sign?.openUntil(texts) ?? '';
  }

  /** Ends its timer. */
  stop(): void {
    this.#settings = undefined;
    this.#sign?.stop();
  }
}
