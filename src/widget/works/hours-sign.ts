import type { Clock } from '../../index.js';
import { fill } from '../dom/h.js';
import type { EverdialTexts } from '../languages/en.js';
import type { Opening } from './opening-hours.js';
import type { Settings } from './settings.js';

/** How often the clock is looked at. */
const LOOK_MS = 15_000;
/** A Sunday, to name weekdays. */
const SUNDAY = Date.UTC(2023, 0, 1, 12);
const DAY_MS = 24 * 60 * 60 * 1000;

/** The sign at the door: whether it is open by the attribute `hours`, and when that changes. Without hours it is open. */
export class HoursSign {
  readonly #clock: Clock;
  readonly #onChange: () => void;
  readonly #onUnreadable: (hours: string) => void;
  #opening: Opening | undefined;
  #key = '';
  #reading = {};
  #cancel: (() => void) | undefined;
  #ready: Promise<void> = Promise.resolve();

  /**
   * @param onChange - called when it opens or closes
   * @param onUnreadable - told hours that can not be read; they close nothing
   */
  constructor(clock: Clock, onChange: () => void, onUnreadable: (hours: string) => void) {
    this.#clock = clock;
    this.#onChange = onChange;
    this.#onUnreadable = onUnreadable;
  }

  /** Whether it is open now; once {@link HoursSign.ready} has resolved. */
  get open(): boolean {
    return this.#opening?.open ?? true;
  }

  /** Resolves when the hours have been read: what reads them is fetched first. */
  get ready(): Promise<void> {
    return this.#ready;
  }

  /** Reads the hours again if they have changed. */
  read({ hours, timeZone }: Settings): void {
    const key = `${hours} ${timeZone}`;
    if (key === this.#key) return;
    this.stop();
    this.#key = key;
    this.#opening = undefined;
    this.#ready = hours ? this.#hang(hours, timeZone) : Promise.resolve();
  }

  /** When it opens, in words; empty when it is open. */
  opens(texts: EverdialTexts, { language }: Settings): string {
    const changes = this.#opening?.changes;
    if (this.open || !changes) return '';
    const weekday = new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' });
    const day = weekday.format(SUNDAY + changes.day * DAY_MS);
    return fill(texts.opens, { day, time: changes.time });
  }

  /** Until when it is open, in words; empty when it is closed or always open. */
  openUntil(texts: EverdialTexts): string {
    const changes = this.#opening?.changes;
    return this.open && changes ? fill(texts.openUntil, { time: changes.time }) : '';
  }

  /** Ends its timer. */
  stop(): void {
    this.#key = '';
    this.#reading = {};
    this.#cancel?.();
  }

  async #hang(hours: string, timeZone: string | undefined): Promise<void> {
    const reading = this.#reading;
    const { openingAt, readHours } = await import('./opening-hours.js');
    if (reading !== this.#reading) return;
    const spans = readHours(hours);
    if (!spans) {
      this.#onUnreadable(hours);
      return;
    }
    const look = (): void => {
      const before = this.#opening;
      this.#opening = openingAt(spans, new Date(this.#clock.now()), timeZone);
      this.#cancel = this.#clock.setTimer(look, LOOK_MS);
      if (before?.open !== this.#opening.open) this.#onChange();
    };
    look();
  }
}
