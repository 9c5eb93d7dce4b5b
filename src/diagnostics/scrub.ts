import { maskNumber } from '../core/phone-number.js';
import { isDialerError } from '../errors/dialer-error.js';

/** Names of what is never told, whatever it holds. */
const SECRET_NAME = /token|secret|passw|authori[sz]ation|credential|cookie|api-?key|\bsdp\b/i;

/** Names of what holds one telephone number. */
const NUMBER_NAMES: readonly string[] = ['to', 'from', 'remoteNumber'];

const HEX = '[\\da-f]';
const DOTTED = '\\d{1,3}(?:\\.\\d{1,3}){3}';

/** What is blotted out of every text, in this order. */
const RULES: readonly (readonly [RegExp, string])[] = [
  [/authori[sz]ation["']?\s*[:=][^\r\n]*|\b(?:bearer|basic)\s+\S+/gi, '[secret]'],
  [/eyJ[\w.+/=-]*/g, '[token]'],
  [
    /(?:token|secret|password|passwd|pwd|credential|api-?key)["']?\s*[:=]\s*["']?[^\s"',;&]+/gi,
    '[secret]',
  ],
  // Lines of SDP and candidates.
  [/\b[abcikmorstuvz]=\S[^\r\n]*|candidate:[^\r\n]*/gi, '[sdp]'],
  // IPv6 in full, with `::`, with IPv4 in it; fingerprints look the same.
  [
    new RegExp(
      `(?:${HEX}{1,4}:){5,}(?:${DOTTED}|${HEX}{1,4})|(?=[\\da-f:]*::)[\\da-f:]+(?:${DOTTED})?`,
      'gi',
    ),
    '[address]',
  ],
  [new RegExp(`${DOTTED}|${HEX}[\\da-f-]*\\.local\\b`, 'gi'), '[address]'],
];

/** Whatever is as long and has no words in it is a key. */
const OPAQUE = /[\w+/=-]{40,}/g;

const ID = `\\b${HEX}{8}(?:-${HEX}{4}){3}-${HEX}{12}\\b|\\b[A-Z]{2}${HEX}{32}\\b`;
// Seven digits or more, with what people and machines write between them. Ids are matched first, to be left alone.
const NUMBERS = new RegExp(`${ID}|\\+?\\(?\\d(?:[\\s\\p{Pd}\\p{Cf}().·/]{0,3}\\d){6,}`, 'giu');
const IS_ID = new RegExp(`^(?:${ID})$`, 'i');

/** Takes out of texts and data what a support ticket must not hold. */
export class Scrubber {
  readonly #keepNumbers: boolean;

  constructor(keepNumbers: boolean) {
    this.#keepNumbers = keepNumbers;
  }

  /** Without tokens, SDP and addresses, numbers masked. */
  text(text: string, isId = false): string {
    let clean = text;
    for (const [pattern, instead] of RULES) clean = clean.replace(pattern, instead);
    if (!isId) clean = clean.replace(OPAQUE, '[secret]');
    if (this.#keepNumbers) return clean;
    return clean.replace(NUMBERS, (found) => (IS_ID.test(found) ? found : maskNumber(found)));
  }

  /** A copy of plain data with every text in it scrubbed. Errors become plain data; what is not plain is left out. */
  data<Value>(value: Value, name = ''): Value {
    return this.#copy(value, name) as Value;
  }

  #copy(value: unknown, name: string): unknown {
    if (typeof value === 'string') return this.#named(value, name);
    if (typeof value !== 'object' || value === null) {
      return typeof value === 'function' || typeof value === 'symbol' ? undefined : value;
    }
    if (Array.isArray(value)) return value.map((item) => this.#copy(item, name));
    if (isDialerError(value)) {
      const { code, kind, codes, provider, route, retryAfterMs, message, summary, remedy } = value;
      const { causes } = value.toJSON();
      const told = { code, kind, codes, provider, route, retryAfterMs, message, causes };
      return { ...(this.#copy(told, '') as object), summary, remedy };
    }
    if (Object.prototype.toString.call(value) !== '[object Object]') return undefined;
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [this.text(key), this.#copy(item, key)]),
    );
  }

  #named(value: string, name: string): string {
    if (SECRET_NAME.test(name)) return '[secret]';
    const isNumber = NUMBER_NAMES.includes(name) && !this.#keepNumbers;
    return this.text(isNumber ? maskNumber(value) : value, name === 'providerCallId');
  }
}
