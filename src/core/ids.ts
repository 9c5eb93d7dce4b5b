/** Names a provider: `'telnyx'`, `'twilio'`, `'sip'`, `'sandbox'`, or whatever an adapter calls itself. */
export type ProviderId = string;

/**
 * Names one configured entry of `providers`: the provider's id, or `id/region` such as `'telnyx/us-west'`. Unique in a
 * Dialer.
 */
export type RouteId = string;
