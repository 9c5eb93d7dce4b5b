import type { NumberRules } from './tel-links-options.js';
import { readTelUri } from './tel-uri.js';

/** A number in a text. */
export interface FoundNumber {
  /** Where it begins. */
  readonly start: number;
  /** Behind its last character. */
  readonly end: number;
  /** E.164. */
  readonly e164: string;
  /** From `ext. 42` behind it; empty when none. */
  readonly extension: string;
}

/** How to find numbers without a country code. */
export interface NationalRules {
  /** ISO 3166 alpha-2. */
  readonly country: string;
  /** The rules of the countries. */
  readonly rules: NumberRules;
}

// Between digits stand one separator, or a bracket with spaces around it. No line breaks.
const GAP =
  '(?:[ \\u00a0\\u2009\\u202f]?[-.\\u2010-\\u2013/][ \\u00a0]?|[ \\u00a0\\u2009\\u202f]?[()]{0,2}[ \\u00a0\\u2009\\u202f]?)';

// Not behind or before letters, digits or what makes them amounts, dates, addresses and versions.
const BEFORE = '(?<![\\p{L}\\p{N}_+@#$€£¥%=&?/.,:\\u2010-\\u2015-])';
const AFTER = '(?![\\p{L}\\p{N}_@€$£¥%=]|[.,:/-]\\d)';

const INTERNATIONAL = new RegExp(`${BEFORE}\\(?\\+(?:${GAP}\\d){7,15}${AFTER}`, 'gu');
const NATIONAL = new RegExp(`${BEFORE}\\(?\\d(?:${GAP}\\d){6,14}${AFTER}(?!${GAP}\\d)`, 'gu');
const EXTENSION = /^,?[ \u00a0]{0,2}(?:ext(?:ension)?\.?|x)[ \u00a0]?(\d{1,6})(?!\d)/i;

/**
 * Finds telephone numbers in a text: those with `+` and a country code, and with rules also those which are written as
 * one writes numbers in that country. Rather misses one than takes a date, a price or an order number for one.
 */
export function numbersInText(text: string, national?: NationalRules): readonly FoundNumber[] {
  // Most texts have no digit.
  if (!/\d{2}/.test(text)) return [];
  const found = candidates(text, INTERNATIONAL, (written) => international(written, national));
  if (national === undefined) return found;
  const more = candidates(text, NATIONAL, (written) => domestic(written, national));
  const apart = more.filter(({ start, end }) =>
    found.every((other) => end <= other.start || start >= other.end),
  );
  return [...found, ...apart].sort((one, other) => one.start - other.start);
}

/** What was recognised at the beginning of a candidate. */
interface Recognised {
  readonly e164: string;
  readonly length: number;
}

function candidates(
  text: string,
  pattern: RegExp,
  recognise: (written: string) => Recognised | undefined,
): readonly FoundNumber[] {
  return [...text.matchAll(pattern)].flatMap(({ 0: written, index: start }) => {
    const recognised = recognise(written);
    if (!recognised) return [];
    const end = start + recognised.length;
    const [marked = '', extension = ''] = EXTENSION.exec(text.slice(end, end + 24)) ?? [];
    return [{ start, end: end + marked.length, e164: recognised.e164, extension }];
  });
}

function international(
  written: string,
  national: NationalRules | undefined,
): Recognised | undefined {
  // "+1 415 555 0123 24 hours": the hours are no part of it, so groups are left out from the end.
  for (const part of shorterAndShorter(written)) {
    const e164 = internationalIn(part, national);
    if (e164 !== undefined) return { e164, length: part.length };
  }
  return undefined;
}

function internationalIn(part: string, national: NationalRules | undefined): string | undefined {
  if (national) {
    const parsed = national.rules.parseNumber(part);
    return parsed.ok ? parsed.e164 : undefined;
  }
  const number = readTelUri(`tel:${part}`)?.number ?? '';
  return /^\+1\d{10}$|^\+[2-9]\d{6,14}$/.test(number) ? number : undefined;
}

function domestic(written: string, { country, rules }: NationalRules): Recognised | undefined {
  if (isDateOrYears(written)) return undefined;
  const parsed = rules.parseNumber(written, { country });
  if (!parsed.ok || parsed.kind === 'other') return undefined;
  const groups = groupsOf(written);
  const isUsual = groups === groupsOf(rules.formatNumber(parsed.e164, 'national'));
  const isOneBlock = /^\d+$/.test(written);
  const isAmount = /^\d{1,3}(?:([ \u00a0\u202f.])\d{3})(?:\1\d{3})*$/.test(written);
  // In one block only with the zero in front, which amounts and order numbers seldom have.
  const isLikely = isOneBlock ? written.startsWith('0') : !isAmount;
  return isUsual || isLikely ? { e164: parsed.e164, length: written.length } : undefined;
}

function shorterAndShorter(written: string): readonly string[] {
  const ends = [...written.matchAll(/\d(?=\D|$)/g)].map(({ index }) => index + 1);
  return ends.reverse().map((end) => written.slice(0, end));
}

const groupsOf = (written: string): string => (written.match(/\d+/g) ?? []).join(' ');

const isDateOrYears = (written: string): boolean =>
  /^\(?(?:\d{4}([-./ ])\d{1,2}\1\d{1,2}|\d{1,2}([-./ ])\d{1,2}\2(?:19|20)\d\d)(?!\d)/.test(
    written,
  ) || /^\(?(?:19|20)\d\d\s?[-\u2010-\u2013/]\s?(?:19|20)\d\d\)?$/.test(written);
