/**
 * Why a call ended: a closed list that reads the same for every provider.
 *
 * | cause | what happened |
 * |---|---|
 * | `completed` | it was answered, and later hung up by either side |
 * | `busy` | the callee was on another call |
 * | `no-answer` | it rang until the ring time-out, or the network gave up ringing |
 * | `rejected` | the callee, or their telephone, declined |
 * | `cancelled` | this side ended it before it was answered |
 * | `missed` | an inbound call ended before it was answered here |
 * | `unavailable` | the callee's telephone is off or not reachable |
 * | `invalid-number` | not a number, or a number not in service |
 * | `blocked` | a rule forbids it: own server, provider, country, emergency number, second call at once |
 * | `permission-denied` | the microphone was not allowed |
 * | `no-device` | there is no usable microphone |
 * | `unauthorized` | no token, or no provider accepted it |
 * | `quota` | account limits: balance, concurrent calls, calls per second |
 * | `network` | this browser is offline or lost its network |
 * | `media-failed` | sound could not be negotiated or connected |
 * | `provider-failed` | the provider failed and no other one could be used |
 * | `timeout` | nothing answered in time, and nobody's telephone rang |
 * | `unknown-outcome` | the callee's telephone may have rung: nothing was dialled again, ask the person |
 */
export type HangupCause =
  | 'completed'
  | 'busy'
  | 'no-answer'
  | 'rejected'
  | 'cancelled'
  | 'missed'
  | 'unavailable'
  | 'invalid-number'
  | 'blocked'
  | 'permission-denied'
  | 'no-device'
  | 'unauthorized'
  | 'quota'
  | 'network'
  | 'media-failed'
  | 'provider-failed'
  | 'timeout'
  | 'unknown-outcome';

/**
 * For each cause: what happened and what the person at the page can do now, one plain sentence each. They travel in the
 * core and stand in for the sentences of a code until those are loaded.
 */
export const CAUSE_TEXTS: Readonly<
  Record<HangupCause, readonly [summary: string, remedy: string]>
> = {
  completed: ['The call has ended.', 'Call again if you need to.'],
  busy: ['The line is busy.', 'Try again in a few minutes.'],
  'no-answer': ['Nobody answered.', 'Try again later.'],
  rejected: ['The call was declined.', 'Try again later.'],
  cancelled: ['The call was cancelled.', 'Call again if you need to.'],
  missed: ['The call was missed.', 'Call back if you need to.'],
  unavailable: ['The phone is off or cannot be reached.', 'Try again later.'],
  'invalid-number': ['This number is not in service.', 'Check the number and call again.'],
  blocked: ['This call is not allowed.', 'Try to get in touch another way.'],
  'permission-denied': [
    'The microphone is not allowed.',
    'Allow the microphone for this page and call again.',
  ],
  'no-device': ['No microphone can be used.', 'Check the microphone and call again.'],
  unauthorized: ['This page may not call right now.', 'Reload the page and call again.'],
  quota: ['No more calls are possible right now.', 'Try again later.'],
  network: ['The internet connection was lost.', 'Check the connection and call again.'],
  'media-failed': ['The sound could not be connected.', 'Call again, or try another network.'],
  'provider-failed': ['The call could not be placed.', 'Try again later.'],
  timeout: ['The call took too long to connect.', 'Try again later.'],
  'unknown-outcome': [
    'The connection was lost and the other phone may have rung.',
    'Wait a moment, then call again if you need to.',
  ],
};
