import type { DialerErrorCode } from './codes.js';
import { DialerError, isDialerError } from './dialer-error.js';

/** What the page knows about the microphone apart from the exception. */
export interface MicrophoneFacts {
  /** State of the microphone's permission, read after the failure; `'unknown'` where the browser does not tell. */
  readonly permission: 'granted' | 'denied' | 'prompt' | 'unknown';
  /** `isSecureContext`. */
  readonly secureContext: boolean;
  /** Whether Permissions-Policy and the frame allow the microphone; true where the browser does not tell. */
  readonly allowedByPolicy: boolean;
}

// The second names are those of browsers and web views from before 2018.
const CODES: Readonly<Partial<Record<string, DialerErrorCode>>> = {
  SecurityError: 'media/blocked-by-page',
  NotFoundError: 'media/device-not-found',
  DevicesNotFoundError: 'media/device-not-found',
  NotReadableError: 'media/device-in-use',
  TrackStartError: 'media/device-in-use',
  AbortError: 'media/device-in-use',
  OverconstrainedError: 'media/constraints-failed',
  ConstraintNotSatisfiedError: 'media/constraints-failed',
  TypeError: 'support/no-webrtc',
};

function codeOf(
  { name, message, constraint }: { name?: unknown; message?: unknown; constraint?: unknown },
  { permission, secureContext, allowedByPolicy }: MicrophoneFacts,
): DialerErrorCode {
  // Without a secure context `navigator.mediaDevices` is undefined, so what was thrown is a mere TypeError.
  if (!secureContext) return 'media/insecure-context';
  if (name === 'NotAllowedError' || name === 'PermissionDeniedError') {
    // Asked first: under a policy that forbids, the permission may still read "granted".
    if (!allowedByPolicy) return 'media/blocked-by-page';
    // Only Chromium says "dismissed"; a permission that is still "prompt" says the same elsewhere.
    return permission === 'prompt' || /dismissed/i.test(String(message))
      ? 'media/permission-dismissed'
      : 'media/permission-denied';
  }
  // A chosen device that is gone fails as a constraint on its id.
  if (constraint === 'deviceId' || constraint === 'groupId') return 'media/device-not-found';
  return CODES[String(name)] ?? 'internal/unexpected';
}

/**
 * What a failed `getUserMedia` means, from what it threw and what the page knows. A {@link DialerError} comes back
 * unchanged; what is not explained is `internal/unexpected`, with what was thrown as `cause`.
 */
export function fromDomException(thrown: unknown, facts: MicrophoneFacts): DialerError {
  if (isDialerError(thrown)) return thrown;
  const exception = typeof thrown === 'object' && thrown !== null ? thrown : {};
  const code = codeOf(exception, facts);
  const bySystem = code === 'media/permission-denied' && facts.permission === 'granted';
  return new DialerError(code, {
    cause: thrown,
    detail: bySystem
      ? 'The page is allowed, so the operating system probably denied the browser.'
      : undefined,
  });
}
