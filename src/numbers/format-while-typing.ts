import { AsYouType } from 'libphonenumber-js/max';
import { cleanNumber } from '../core/phone-number.js';
import { knownCountry } from './parse-number.js';
import type { NumberOptions } from './parsed-number.js';

// Whatever may begin an extension or a pause: from there on it is left as it was typed.
const BEHIND = /[\s;]*[\p{L},;].*$/su;

/**
 * Formats while somebody types: give it the whole text each time. All digits are kept and nothing follows the last one,
 * so the key that deletes always deletes a digit. Text that holds no number comes back unchanged.
 */
export function formatWhileTyping(input: string, options: NumberOptions = {}): string {
  if (typeof input !== 'string') return '';
  const written = input.replace(/^\s*tel:/i, '');
  const behind = BEHIND.exec(written)?.[0] ?? '';
  const digits = cleanNumber(written.slice(0, written.length - behind.length));
  if (!/^\+?\d+$/.test(digits)) return input;
  const formatted = new AsYouType(knownCountry(options.country)).input(digits);
  // A number that is too long is given back in one piece, and some rules leave a bracket at the end.
  const shown = formatted.replace(/\D+$/, '');
  return (shown.replace(/\D/g, '') === digits.replace('+', '') ? shown : digits) + behind;
}
