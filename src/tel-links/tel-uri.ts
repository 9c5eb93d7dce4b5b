import { isEmergencyNumber } from '../core/emergency-numbers.js';
import { cleanNumber, isE164 } from '../core/phone-number.js';

/** What a `tel:` link says (RFC 3966, and what telephones add to it). */
export interface TelUri {
  /** E.164 when `isGlobal`, else the digits as they are dialled inside of one country. */
  readonly number: string;
  /** Whether the link names the country code. */
  readonly isGlobal: boolean;
  /** Digits to send after the answer; empty when none. */
  readonly extension: string;
}

/** Shorter ones are emergency numbers and short codes, which only a telephone can dial. */
const LEAST_NATIONAL_DIGITS = 7;

/**
 * Reads the `href` of a link. `undefined` when it is no `tel:` link, is malformed, or holds what can only be dialled
 * on a telephone: emergency numbers, short codes, `*100#`, numbers inside of a company.
 */
export function readTelUri(href: string): TelUri | undefined {
  const written = /^tel:(?:\/\/)?(.*)$/i.exec(decoded(href))?.[1];
  if (written === undefined) return undefined;
  const [subscriber = '', ...parameters] = written.split(';');
  const [digits = '', ...pauses] = subscriber.split(/([,pw])/i);
  const context = parameterOf(parameters, 'phone-context');
  if (context !== undefined && !context.startsWith('+')) return undefined;
  const number = cleanNumber(context === undefined ? digits : context + digits);
  const extension = (parameterOf(parameters, 'ext') ?? afterPause(pauses, parameters)).replace(
    /[-.() ]/g,
    '',
  );
  if (!/^[\d*#,w]*$/i.test(extension) || isEmergencyNumber(number)) return undefined;
  if (isE164(number)) return { number, isGlobal: true, extension };
  const isNational = /^\d+$/.test(number) && number.length >= LEAST_NATIONAL_DIGITS;
  return isNational ? { number, isGlobal: false, extension } : undefined;
}

/** The address for a number in E.164 form. */
export const telUri = (e164: string, extension: string): string =>
  extension === '' ? `tel:${e164}` : `tel:${e164};ext=${extension}`;

/** What `dial()` takes: the number, and behind a pause of four seconds the extension. */
export const dialString = (e164: string, extension: string): string =>
  extension === '' ? e164 : `${e164},,${extension}`;

/** As the browser reads it: without line breaks, escapes and marks that nobody sees. */
function decoded(href: string): string {
  try {
    return decodeURIComponent(href.replace(/[\t\n\r]/g, ''))
      .replace(/\p{Cf}/gu, '')
      .trim();
  } catch {
    return '';
  }
}

const parameterOf = (parameters: readonly string[], name: string): string | undefined =>
  parameters.find((text) => text.toLowerCase().startsWith(`${name}=`))?.slice(name.length + 1);

/** `,,42` and `p42` wait for a time, `;42` for the caller; both are sent after the answer here. */
function afterPause(pauses: readonly string[], parameters: readonly string[]): string {
  const waited = parameters.find((text) => /^\d/.test(text)) ?? '';
  return (pauses.join('').replace(/p/gi, ',') + waited).replace(/^[,w\s]+/i, '');
}
