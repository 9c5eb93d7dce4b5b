/** Full-width forms, as Asian keyboards type them, in ASCII: they lie at a fixed distance. */
export const toAscii = (text: string): string =>
  text.replace(/[！-～]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0));

// Spaces, invisible marks that come along when a number is pasted, dashes of every sort, dots, slashes.
const SEPARATORS = /[\s\p{Cf}\p{Pd}\u2212\u00b7./]/gu;

// "+44 (0)20 …": the zero is for callers inside the country. Italy, San Marino and the Vatican dial it from abroad too.
const TRUNK_ZERO = /^(\+(?!39|37[89])\d{1,3})[([]0[)\]]/;

/**
 * Takes out what people write into numbers: spaces, dots, dashes, brackets, slashes, `tel:`, the `(0)` after a country
 * code, full-width digits; `00` in front becomes `+`. Nothing is added, and what remains may still be no number: see
 * {@link isE164}.
 */
export function cleanNumber(input: string): string {
  return toAscii(input)
    .replace(SEPARATORS, '')
    .replace(/^tel:/i, '')
    .replace(/^[([]?(?:\+|00(?=[([]?[1-9]))[([]?(\d*)[)\]]?/, '+$1')
    .replace(TRUNK_ZERO, '$1')
    .replace(/[()[\]]/g, '');
}

/** Whether this is a number in E.164 form: `+`, then 7 to 15 digits of which the first is not 0 (ITU-T E.164 6.2). */
export const isE164 = (number: string): boolean => /^\+[1-9]\d{6,14}$/.test(number);

/**
 * A number for logs: `+14155550123` → `+1•••••••23`. The dots do not tell its length; what has less than 7 digits is
 * hidden entirely, digits to send after the answer too. A destination `ref:name` is no number and comes back unchanged.
 */
export function maskNumber(number: string): string {
  if (number.startsWith('ref:')) return number;
  const digits = cleanNumber(number.replace(/[,w;].*$/is, '')).replace(/[^\d+]/g, '');
  const shown = /^(\+?\d)\d{4,}(\d\d)$/.exec(digits);
  return shown ? `${shown[1]}•••••••${shown[2]}` : '•••••••';
}
