import { readAddress } from './address.js';
import type { SipRequest } from './message.js';

/** Custom headers as the network wants them: lower-case names without `x-`. */
export function paramsOf({ headers }: SipRequest): Readonly<Record<string, string>> {
  return Object.fromEntries(
    headers.list
      .filter(([name]) => /^x-/i.test(name))
      .map(([name, value]) => [name.toLowerCase().slice(2), value]),
  );
}

/** The caller ID: who the browser prefers to be, or who it is; `undefined` when it is to be withheld (RFC 3323, RFC 3325). */
export function callerOf({ headers }: SipRequest): string | undefined {
  if (/\bid\b/.test(headers.get('privacy'))) return undefined;
  const preferred = headers.get('p-preferred-identity');
  const { user } = readAddress(preferred === '' ? headers.get('from') : preferred);
  return user === '' || user === 'anonymous' ? undefined : user;
}
