import { DialerError } from '../errors/dialer-error.js';

/** One step of a digit string: a tone to send, or a pause. */
export type DigitStep =
  /** A DTMF digit, one of `0-9*#A-D`. */
  | { readonly digit: string }
  /** Milliseconds to wait. */
  | { readonly pauseMs: number };

const PAUSES_MS: Readonly<Partial<Record<string, number>>> = { ',': 2000, w: 500, W: 500 };

/**
 * Reads a digit string: `0`–`9`, `*`, `#`, `A`–`D` (small letters too) are tones, `,` waits 2 s and `w` 0.5 s.
 * @throws DialerError `config/invalid-option` for another character.
 */
export function parseDigits(digits: string): readonly DigitStep[] {
  return [...digits].map((char) => {
    const pauseMs = PAUSES_MS[char];
    if (pauseMs !== undefined) return { pauseMs };
    if (/^[\d*#a-d]$/i.test(char)) return { digit: char.toUpperCase() };
    throw new DialerError('config/invalid-option', {
      detail: 'Digits to send are 0-9 * # A-D, with , and w for pauses.',
    });
  });
}
