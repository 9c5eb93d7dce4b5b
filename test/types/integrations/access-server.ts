// A server of the application's own that proves and refuses: the destination is resolved there, a silent leg is ended
// there, and a leg that was given up is refused there.
import { type AccessHooks, Dialer, DialerError, type LegFate } from 'everdial';
import { telnyx } from 'everdial/providers/telnyx';
import { twilio } from 'everdial/providers/twilio';

const post = (path: string, body: object, signal?: AbortSignal) =>
  fetch(`/calls/${path}`, {
    method: 'POST',
    body: JSON.stringify(body),
    ...(signal ? { signal } : { keepalive: true }),
  });

const server: AccessHooks = {
  getToken: ({ provider, route, callId, attempt, signal }) =>
    post('token', { provider, route, callId, attempt }, signal),
  async openCall({ callId, to, params, signal }) {
    const answer = await post('open', { callId, to, params }, signal);
    if (answer.status === 403) throw new DialerError('call/blocked');
    return answer.json();
  },
  async endLeg({ callId, attempt, provider, providerCallId, signal }): Promise<LegFate> {
    const answer = await post('end-leg', { callId, attempt, provider, providerCallId }, signal);
    return answer.json();
  },
  closeCall({ callId, pageLeaving }) {
    if (pageLeaving) navigator.sendBeacon('/calls/close', callId);
    else void post('close', { callId });
  },
};

export const dialer = new Dialer({ providers: [telnyx(), twilio()], ...server });
export const callSales = () => dialer.dial('ref:sales');
