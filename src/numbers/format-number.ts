import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { isE164 } from '../core/phone-number.js';

/**
 * Writes a number for people: `+1 415 555 0123` or, for those in the same country, `(415) 555-0123`. What is not E.164
 * comes back unchanged. In a page that is read from right to left put it into `<bdi dir="ltr">`.
 *
 * @param style - `'international'` when left out
 */
export function formatNumber(
  e164: string,
  style: 'international' | 'national' = 'international',
): string {
  if (typeof e164 !== 'string' || !isE164(e164)) return e164;
  const parsed = parsePhoneNumberFromString(e164);
  // The library drops a zero that no number of that country begins with.
  if (parsed?.number !== e164) return e164;
  return style === 'national' ? parsed.formatNational() : parsed.formatInternational();
}
