import { DialerError } from '../errors/dialer-error.js';
import { parseDigits } from './digits.js';
import { isEmergencyNumber } from './emergency-numbers.js';
import { cleanNumber, isE164, toAscii } from './phone-number.js';

/** What a dial string asks for. */
export interface DialString {
  /** Whom to call: E.164, or `ref:name` unchanged. */
  readonly number: string;
  /** What to send after the answer, for `sendDigits`, for example `',,7#w2'`; empty when nothing. */
  readonly digits: string;
}

/**
 * Reads what `dial()` takes: a number as {@link cleanNumber} allows it, behind it digits from the first `,` or `w` on
 * (`+14155550123,,7#w2`), or `ref:name` for a destination that the access server knows.
 * @throws DialerError `call/invalid-number`, `call/emergency-number`, or `config/invalid-option` when it is no text, the
 * name behind `ref:` is missing, or the digits hold another character.
 */
export function parseDialString(to: string): DialString {
  if (typeof to !== 'string') {
    throw new DialerError('config/invalid-option', { detail: 'The destination must be a string.' });
  }
  const trimmed = to.trim();
  if (trimmed.startsWith('ref:')) {
    if (/^ref:\S+$/.test(trimmed)) return { number: trimmed, digits: '' };
    throw new DialerError('config/invalid-option', {
      detail: 'Write ref: and a name without spaces.',
    });
  }
  const text = toAscii(trimmed);
  const split = text.search(/[,w]/i);
  const number = cleanNumber(split < 0 ? text : text.slice(0, split));
  if (isEmergencyNumber(number)) throw new DialerError('call/emergency-number');
  if (!isE164(number)) {
    throw new DialerError('call/invalid-number', {
      detail: 'Write it with + and the country code.',
    });
  }
  const digits = split < 0 ? '' : text.slice(split).replace(/\s/g, '');
  return { number, digits: parseDigits(digits).some((step) => 'digit' in step) ? digits : '' };
}
