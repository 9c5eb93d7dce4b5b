import { fill } from '../dom/h.js';
import type { EverdialTexts } from '../languages/en.js';
import type { CountryChoice, DialPadModel } from '../panel/panel-model.js';
import { writeNumberField } from './number-field.js';

/** Reading and writing of numbers, loaded when the dial pad is opened: it holds the plans of all countries. */
export type Numbers = typeof import('../../numbers/index.js');

/** What the dial pad knows: what has been typed, and the country for numbers without a country code. */
export class DialPadState {
  readonly #onChange: () => void;
  #numbers: Numbers | undefined;
  #typed = '';
  #country: string | undefined;
  /** What the page wants as the country. */
  #wanted: string | undefined;
  /** Whether the person thinks that the number is complete. */
  #complete = false;
  #search = '';
  #active: string | undefined;

  /** @param onChange - called after each change */
  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  /** What was typed, as it is shown. */
  get value(): string {
    return this.#typed;
  }

  /** What to dial; `undefined` while it can not be a number. Digits to send after the answer stand behind it. */
  get number(): string | undefined {
    const parsed = this.#numbers?.parseNumber(this.#typed, { country: this.#country });
    if (!parsed?.ok) return undefined;
    return parsed.extension ? `${parsed.e164},,${parsed.extension}` : parsed.e164;
  }

  /** A number as people write it, once that is known; before that, and for what is none, unchanged. */
  written(to: string): string {
    return to.startsWith('+') ? (this.#numbers?.formatNumber(to) ?? to) : to;
  }

  /** Writes the number as it is formatted into its field. */
  writeField(root: ShadowRoot): void {
    writeNumberField(root, this.#typed);
  }

  /** Has come: from now on numbers are read and written. */
  useNumbers(numbers: Numbers, country: string | undefined): void {
    const first = this.#numbers === undefined;
    this.#numbers = numbers;
    if (country ? country !== this.#wanted : first) {
      this.#country = country ?? numbers.guessCountry();
      this.#wanted = country;
      this.type(this.#typed);
    }
  }

  /** The person has left the field or pressed Enter: from now on a number that is too short is called so. */
  check(): void {
    this.#complete = true;
    this.#onChange();
  }

  /** The whole text of the field, after a key or a paste. */
  type(text: string): void {
    this.#complete = false;
    this.#typed =
      this.#numbers?.formatWhileTyping(text, { country: this.#country }) ?? text.slice(0, 64);
    this.#onChange();
  }

  /** One more character, from a key of the pad. */
  add(key: string): void {
    this.type(`${this.#typed}${key}`);
  }

  /** Without its last digit. */
  erase(): void {
    this.type(this.#typed.replace(/[^\d+*#]*[\d+*#]?[^\d+*#]*$/, ''));
  }

  /** Another country for numbers without a country code. */
  chooseCountry(code: string): void {
    this.#country = code;
    this.#search = '';
    this.#active = undefined;
    this.type(this.#typed);
  }

  /** What is looked for in the list of countries. */
  search(text: string): void {
    this.#search = text;
    this.#active = undefined;
    this.#onChange();
  }

  /** The country on which the arrow keys stand moves by so many lines. */
  move(step: number, language: string): void {
    const codes = this.#matching(language).map(({ code }) => code);
    const at = codes.indexOf(this.active(language) ?? '');
    this.#active = codes[Math.max(0, Math.min(codes.length - 1, at + step))];
    this.#onChange();
  }

  /** The country on which the arrow keys stand. */
  active(language: string): string | undefined {
    const codes = this.#matching(language).map(({ code }) => code);
    const wanted = this.#active ?? (this.#search ? undefined : this.#country);
    return codes.find((code) => code === wanted) ?? codes[0];
  }

  /** What the dial pad shows. */
  model(texts: EverdialTexts, language: string, listOpen: boolean): DialPadModel {
    const { help, invalid } = this.#help(texts, language);
    const countries = listOpen ? this.#matching(language) : [];
    return {
      value: this.#typed,
      country: this.#country,
      callingCode: this.#place(language)?.callingCode ?? '',
      help,
      invalid,
      callable: this.number !== undefined,
      countries,
      search: this.#search,
      active: listOpen ? this.active(language) : undefined,
    };
  }

  #place(language: string): CountryChoice | undefined {
    return this.#numbers?.listCountries(language).find(({ code }) => code === this.#country);
  }

  #matching(language: string): readonly CountryChoice[] {
    const wanted = plain(this.#search);
    const all = this.#numbers?.listCountries(language) ?? [];
    if (!wanted) return all;
    return all.filter(
      ({ code, name, callingCode }) =>
        plain(name).includes(wanted) ||
        code.toLowerCase() === wanted ||
        callingCode.replace('+', '').startsWith(wanted.replace('+', '')),
    );
  }

  #help(texts: EverdialTexts, language: string): { help: string; invalid: boolean } {
    const place = this.#place(language)?.name ?? '';
    const numbers = this.#numbers;
    if (!numbers || !this.#typed) return { help: '', invalid: false };
    const parsed = numbers.parseNumber(this.#typed, { country: this.#country });
    if (parsed.ok) {
      const called = numbers
        .listCountries(language)
        .find(({ code }) => code === parsed.country)?.name;
      const dear = parsed.kind === 'premium' || parsed.kind === 'shared-cost';
      return dear ? { help: texts.premium, invalid: true } : { help: called ?? '', invalid: false };
    }
    if (parsed.reason === 'too-short' && !this.#complete) return { help: place, invalid: false };
    const country = place || texts.country;
    const sentences = {
      empty: '',
      'not-a-number': texts.notANumber,
      'no-country': texts.noCountryYet,
      'too-short': fill(texts.tooShort, { country }),
      'too-long': fill(texts.tooLong, { country }),
      'not-in-use': fill(texts.notInUse, { country }),
      emergency: texts.emergency,
      'short-code': texts.shortCode,
    };
    return { help: sentences[parsed.reason], invalid: parsed.reason !== 'empty' };
  }
}

/** Without accents and capitals, so that `cote` finds Côte d’Ivoire. */
const plain = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim();
