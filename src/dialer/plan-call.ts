import type { AccessHooks } from '../access/hooks.js';
import { parseDialString } from '../core/dial-string.js';
import { isE164 } from '../core/phone-number.js';
import { randomUuid } from '../core/uuid.js';
import { DialerError } from '../errors/dialer-error.js';
import type { CallPlan } from './call-plan.js';
import type { CallInput, DialOptions } from './dial-options.js';
import type { DialerSettings } from './dialer-options.js';

const MAX_PARAMS_LENGTH = 1024;

/**
 * Reads the arguments of `dial()`. With an error the plan is complete all the same: the call exists, and ends with it.
 */
export function planCall(
  to: string,
  given: DialOptions | null,
  settings: Pick<DialerSettings, 'from'> & Pick<Partial<AccessHooks>, 'openCall'>,
  ringMs: number,
): { readonly plan: CallPlan; readonly error: DialerError | undefined } {
  const options = given ?? {};
  const plan: CallPlan = {
    id: randomUuid(),
    to: String(to),
    number: '',
    digits: '',
    from: options.from ?? settings.from,
    params: Object.freeze({ ...options.params }),
    input: options.input ?? 'microphone',
    ringMs: options.ringMs ?? ringMs,
    signal: options.signal,
    options,
  };
  try {
    const target = parseDialString(to);
    if (target.number.startsWith('ref:') && !settings.openCall) {
      throw new DialerError('config/no-access-server');
    }
    checkFrom(plan.from);
    checkParams(plan.params);
    checkInput(plan.input);
    return { plan: { ...plan, ...target }, error: undefined };
  } catch (error) {
    return { plan, error: error as DialerError };
  }
}

function checkFrom(from: string | undefined): void {
  if (from !== undefined && !isE164(from)) {
    throw new DialerError('config/invalid-option', { detail: 'from must be E.164' });
  }
}

function checkInput(input: CallInput): void {
  if (typeof input === 'string' && input !== 'microphone' && input !== 'none') {
    throw new DialerError('config/invalid-option', {
      detail: "input must be 'microphone', 'none' or a MediaStream",
    });
  }
}

function checkParams(params: Readonly<Record<string, string>>): void {
  const entries = Object.entries(params);
  const valid = entries.every(
    ([name, value]) => /^[A-Za-z0-9-]+$/.test(name) && typeof value === 'string',
  );
  const length = entries.reduce((sum, [name, value]) => sum + name.length + value.length, 0);
  if (!valid || length > MAX_PARAMS_LENGTH) {
    throw new DialerError('config/invalid-option', {
      detail: 'params must be strings, names of letters, digits and dashes, 1 kB together',
    });
  }
}
