import type { DialerErrorCode } from './codes.js';
import { DialerError, isDialerError } from './dialer-error.js';

/** What was thrown if it is one of ours, otherwise an error of this code with it as `cause`. */
export function asDialerError(
  thrown: unknown,
  code: DialerErrorCode = 'internal/unexpected',
): DialerError {
  return isDialerError(thrown) ? thrown : new DialerError(code, { cause: thrown });
}
