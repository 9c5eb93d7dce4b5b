import type { TokenRequest } from './hooks.js';

/** What a token is for, beside the provider. */
export type TokenPurpose = Pick<TokenRequest, 'reason' | 'callId' | 'attempt' | 'to'>;

/** A token for no call in particular. */
export const NO_CALL: Omit<TokenPurpose, 'reason'> = {
  callId: undefined,
  attempt: 0,
  to: undefined,
};
