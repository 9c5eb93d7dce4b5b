import type { Clock } from '../../index.js';
import { fill } from '../dom/h.js';
import type { EverdialTexts } from '../languages/en.js';
import type { Opening } from './opening-hours.js';
import type { Settings } from './settings.js';

/** How often the sign is turned. */
const LOOK_MS = 15_000;
/** A Sunday, to name weekdays. */
const SUNDAY = Date.UTC(2023, 0, 1, 12);

/** The sign at the door: whether it is open by the attribute `hours`, and when that changes. Without hours it is open. */
export class HoursSign {
  readonly #clock: Clock;
  readonly #onChange: () => void;
  #opening: Opening | undefined;
  #hours = '';
  #cancel: (() => void) | undefined;
  #turn: () => void = () => undefined;

  /** @param onChange - called when it opens or closes */
  constructor(clock: Clock, onChange: () => void) {
    this.#clock = clock;
    this.#onChange = onChange;
  }

  /** Whether it is open now. Hours that can not be read close nothing. */
  get open(): boolean {
    return this.#opening?.open ?? true;
  }

  /** Reads the hours again if they have changed. */
  read({ hours, timeZone }: Settings): void {
    const key = `${hours} ${timeZone}`;
    if (key === this.#hours) return;
    this.#hours = key;
    this.stop();
    this.#opening = undefined;
    if (!hours) return;
    void import('./opening-hours.js').then(({ readHours, openingAt }) => {
      const spans = readHours(hours);
      if (!spans || key !== this.#hours) return;
      this.#turn = () => {
        this.#opening = openingAt(spans, new Date(this.#clock.now()), timeZone);
        this.#cancel = this.#clock.setTimer(this.#turn, LOOK_MS);
        this.#onChange();
      };
      this.#turn();
    });
  }

  /** When it opens, in words; empty when it is open. */
  opens(texts: EverdialTexts, { language }: Settings): string {
    const changes = this.#opening?.changes;
    if (this.open || !changes) return '';
    const day = new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' }).format(
      SUNDAY + changes.day * 24 * 60 * 60 * 1000,
    );
    return fill(texts.opens, { day, time: changes.time });
  }

  /** Until when it is open, in words; empty when it is closed or always open. */
  openUntil(texts: EverdialTexts): string {
    const changes = this.#opening?.changes;
    return this.open && changes ? fill(texts.openUntil, { time: changes.time }) : '';
  }

  /** Ends its timer. */
  stop(): void {
    this.#cancel?.();
  }
}
