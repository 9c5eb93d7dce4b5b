import type { ProviderId, RouteId } from '../core/ids.js';
import { causeOfCode, type DialerErrorCode, type FailureKind, kindOfCode } from './codes.js';
import { CAUSE_TEXTS } from './hangup-cause.js';
import { errorTextOf } from './load-texts.js';

/** The numbers behind a failure, as far as the provider tells them. */
export interface ProviderCodes {
  /** SIP response code, for example 486; `undefined` when the provider does not tell. */
  readonly sipCode: number | undefined;
  /** Q.850 cause, for example 17; `undefined` when the provider does not tell. */
  readonly q850Cause: number | undefined;
  /** The provider's own code, unchanged, for example `'31486'`. Never parse it for logic: use `error.code`. */
  readonly providerCode: string | undefined;
}

/** What a new {@link DialerError} may carry. */
export interface DialerErrorOptions extends Partial<ProviderCodes> {
  /** What was caught. Something thrown that is not an `Error` is wrapped in one. */
  readonly cause?: unknown;
  /** Replaces the kind that the code stands for, where the provider's answer is more exact. */
  readonly kind?: FailureKind | undefined;
  /** The configured route that failed. */
  readonly route?: RouteId | undefined;
  /**
   * The provider concerned.
   * @defaultValue the part of `route` before the slash
   */
  readonly provider?: ProviderId | undefined;
  /** Milliseconds after which a new try makes sense, as the server asked. */
  readonly retryAfterMs?: number | undefined;
  /** More for the developer, appended to `message`. Must hold no number, token or SDP. */
  readonly detail?: string | undefined;
}

// In the global symbol registry, so that every copy of the package and every frame of the page share it.
const BRAND = Symbol.for('everdial.DialerError');

// A second line of defence: whatever looks like a telephone number or a JSON Web Token is blotted out.
const SECRETS = /\+?\d{7,}|eyJ[\w.-]+/g;

const MAX_CAUSES = 5;

// The tag finds the errors of other frames, which are not instances of this frame's `Error`.
const isError = (thrown: unknown): thrown is Error =>
  thrown instanceof Error || Object.prototype.toString.call(thrown) === '[object Error]';

const asError = (thrown: unknown): Error =>
  isError(thrown)
    ? thrown
    : new Error('Something that is not an Error was thrown', { cause: thrown });

function messageOf(code: DialerErrorCode, detail: string | undefined): string {
  const text = errorTextOf(code)?.developer ?? CAUSE_TEXTS[causeOfCode(code)][0];
  return `[${code}] ${text}${detail ? ` ${detail.replace(SECRETS, '…')}` : ''}`;
}

/**
 * The one error class. `summary` and `remedy` are for the person at the page and always safe to show; `message` is for
 * the developer. None of them holds a telephone number, a token or SDP.
 *
 * Applications may construct it, for example to refuse a call in `openCall`: `throw new DialerError('call/blocked')`.
 * @example
 * if (isDialerError(error, 'media/permission-denied')) showMicrophoneHelp(error.remedy);
 */
export class DialerError<Code extends DialerErrorCode = DialerErrorCode> extends Error {
  static {
    Object.defineProperty(DialerError.prototype, BRAND, { value: true });
    // On the prototype, as the platform's own errors have it; a literal, because minifiers rename the class.
    Object.defineProperty(DialerError.prototype, 'name', { value: 'DialerError', writable: true });
  }

  /** Stable code, `family/reason`. */
  readonly code: Code;
  /** What sort of failure it is. */
  readonly kind: FailureKind;
  /** SIP, Q.850 and provider codes, each `undefined` where not known. */
  readonly codes: ProviderCodes;
  /** The provider concerned, for example `'twilio'`; `undefined` where none is. */
  readonly provider: ProviderId | undefined;
  /** The route concerned, for example `'telnyx/us-west'`; `undefined` where none is. */
  readonly route: RouteId | undefined;
  /** Milliseconds after which a new try makes sense, if the server said so. */
  readonly retryAfterMs: number | undefined;

  /** Makes an error of a registered code. */
  constructor(code: Code, options: DialerErrorOptions = {}) {
    const { cause, detail, kind, provider, q850Cause, providerCode, retryAfterMs, route, sipCode } =
      options;
    super(messageOf(code, detail), cause === undefined ? undefined : { cause: asError(cause) });
    this.code = code;
    this.kind = kind ?? kindOfCode(code);
    this.codes = { sipCode, q850Cause, providerCode };
    this.provider = provider ?? route?.split('/')[0];
    this.route = route;
    this.retryAfterMs = retryAfterMs;
  }

  /** What happened, in one plain English sentence for the person at the page. */
  get summary(): string {
    return errorTextOf(this.code)?.summary ?? CAUSE_TEXTS[causeOfCode(this.code)][0];
  }

  /** What that person can do now, in one plain English sentence; "try again later" where only others can act. */
  get remedy(): string {
    return errorTextOf(this.code)?.remedy ?? CAUSE_TEXTS[causeOfCode(this.code)][1];
  }

  /** Code, kind, codes, route and the codes of its causes; no stacks, nothing secret. */
  toJSON(): Readonly<Record<string, unknown>> {
    const { code, kind, codes, provider, route, retryAfterMs } = this;
    return { code, kind, ...codes, provider, route, retryAfterMs, causes: causesOf(this.cause) };
  }
}

// Messages of foreign errors may hold anything, so only their names and numeric codes are told.
function causesOf(first: unknown): readonly string[] {
  const causes: string[] = [];
  for (let cause = first; isError(cause) && causes.length < MAX_CAUSES; cause = cause.cause) {
    const { code, name } = cause as Error & { code?: unknown };
    causes.push(
      isDialerError(cause) ? cause.code : name + (typeof code === 'number' ? ` ${code}` : ''),
    );
  }
  return causes;
}

/**
 * True for a {@link DialerError}, of one of these codes if any are given. Works over duplicate copies of the package
 * and over frames, where `instanceof` does not.
 */
export function isDialerError<Code extends DialerErrorCode = DialerErrorCode>(
  value: unknown,
  ...codes: readonly Code[]
): value is DialerError<Code> {
  return (
    typeof value === 'object' &&
    value !== null &&
    BRAND in value &&
    (codes.length === 0 || codes.includes((value as Partial<DialerError<Code>>).code as Code))
  );
}
