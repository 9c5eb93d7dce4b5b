import {
  isSupportedCountry,
  type CountryCode as KnownCountry,
  type NumberType,
  type PhoneNumber,
  parsePhoneNumberFromString,
  validatePhoneNumberLength,
} from 'libphonenumber-js/max';
import { isEmergencyNumber } from '../core/emergency-numbers.js';
import { cleanNumber, isE164 } from '../core/phone-number.js';
import type {
  CountryCode,
  NumberKind,
  NumberOptions,
  ParsedNumber,
  UnreadableReason,
} from './parsed-number.js';
import { splitExtension } from './written-number.js';

const KINDS: Readonly<Partial<Record<NonNullable<NumberType>, NumberKind>>> = {
  FIXED_LINE: 'fixed',
  MOBILE: 'mobile',
  FIXED_LINE_OR_MOBILE: 'fixed-or-mobile',
  TOLL_FREE: 'toll-free',
  PREMIUM_RATE: 'premium',
  SHARED_COST: 'shared-cost',
};

// In North America 1 is the trunk prefix, elsewhere what short codes begin with.
const SHORT_NORTH_AMERICA = /^[2-9]11$/;
const SHORT = /^1\d{2,5}$/;

// Those of five or six digits are written in one piece, which the beginning of a longer number mostly is not.
const SHORT_IN_ONE_PIECE = /^[2-9]\d{4,5}$/;

// Longer text is no number, and not worth the time to find that out.
const MOST_CHARACTERS = 250;

/**
 * Reads a number as a person wrote or pasted it: with separators, brackets, `tel:`, `(0)`, `00` for `+`, full-width
 * digits, invisible marks, an extension. Never throws.
 *
 * Emergency numbers are told before anything else, with any country or none.
 */
export function parseNumber(input: string, options: NumberOptions = {}): ParsedNumber {
  if (typeof input !== 'string') return refused('empty');
  if (input.length > MOST_CHARACTERS) return refused('too-long');
  const { number, extension } = splitExtension(input);
  const text = cleanNumber(number);
  if (text === '') return refused('empty');
  if (isEmergencyNumber(text)) return refused('emergency');
  if (/^[*#][\d*#]+$/.test(text)) return refused('short-code');
  if (!/^\+?\d+$/.test(text)) return refused('not-a-number');

  const country = knownCountry(options.country);
  const isInternational = text.startsWith('+');
  if (!isInternational && country === undefined) return withoutCountry(number, text);
  const settings = { ...(country && { defaultCountry: country }), extract: false };
  const parsed = parsePhoneNumberFromString(text, settings);
  if (parsed?.isValid() && isE164(parsed.number)) return dialable(parsed, extension);
  if (!isInternational && isShortCode(number, text, parsed?.countryCallingCode)) {
    return refused('short-code');
  }
  const length = validatePhoneNumberLength(text, settings);
  if (length === 'TOO_SHORT' || length === 'INVALID_LENGTH') return refused('too-short');
  if (length === 'TOO_LONG') return refused('too-long');
  return notInUse(parsed?.number ?? text);
}

/** The country as the metadata name it; `undefined` when they do not know it. */
export function knownCountry(country: CountryCode | undefined): KnownCountry | undefined {
  const code = typeof country === 'string' ? country.trim().toUpperCase() : '';
  return isSupportedCountry(code) ? code : undefined;
}

const refused = (reason: UnreadableReason): ParsedNumber => ({ ok: false, reason });

const dialable = (parsed: PhoneNumber, extension: string): ParsedNumber => ({
  ok: true,
  e164: parsed.number,
  country: parsed.country,
  kind: KINDS[parsed.getType() ?? 'UAN'] ?? 'other',
  extension,
});

function withoutCountry(written: string, digits: string): ParsedNumber {
  if (isShortCode(written, digits)) return refused('short-code');
  if (digits.length < 3) return refused('too-short');
  return refused(digits.length > 17 ? 'too-long' : 'no-country');
}

const isShortCode = (written: string, digits: string, callingCode?: string): boolean =>
  (callingCode === '1' ? SHORT_NORTH_AMERICA : SHORT).test(digits) ||
  SHORT_IN_ONE_PIECE.test(written);

function notInUse(e164: string): ParsedNumber {
  if (isE164(e164)) return { ok: false, reason: 'not-in-use', e164 };
  return refused(e164.length > 16 ? 'too-long' : 'too-short');
}
