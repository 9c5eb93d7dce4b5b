import type { RouteId } from '../../core/ids.js';
import type { DialerErrorCode } from '../../errors/codes.js';
import { DialerError } from '../../errors/dialer-error.js';
import type { SandboxAction } from './scenario.js';

type Meaning = readonly [code: DialerErrorCode, sipCode?: number, q850Cause?: number];

// SIP and Q.850 numbers in the pairs of RFC 3398.
const MEANINGS: Partial<Record<SandboxAction, Meaning>> = {
  'hang-up': ['call/no-answer', 480, 19],
  busy: ['call/busy', 486, 17],
  reject: ['call/rejected', 603, 21],
  'not-found': ['call/invalid-number', 404, 1],
  unavailable: ['call/unavailable', 480, 20],
  'server-error': ['provider/server-error', 503, 41],
  'over-limit': ['provider/over-limit'],
};

/**
 * The end of a call by the far side, as an error.
 * @returns `undefined` for a call that was answered and hung up; `'no-end'` for what ends no call.
 */
export function explainEnd(
  action: SandboxAction,
  answered: boolean,
  route: RouteId,
): DialerError | undefined | 'no-end' {
  const meaning = MEANINGS[action];
  if (!meaning) return 'no-end';
  // Only the network can fail a conversation; busy and the like end it as a hang-up does.
  if (answered && action !== 'server-error') return undefined;
  const [code, sipCode, q850Cause] = meaning;
  return new DialerError(code, { route, sipCode, q850Cause, providerCode: action });
}
