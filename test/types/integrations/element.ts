// The ready-made element with a Dialer of the application's, a consent step, and analytics by DOM events.
import 'everdial/widget/define';
import { Dialer } from 'everdial';
import { telnyx } from 'everdial/providers/telnyx';
import { twilio } from 'everdial/providers/twilio';

const element = document.querySelector('ever-dial');
if (!element) throw new Error('This page has no <ever-dial>');

element.dialer = new Dialer({
  providers: [telnyx(), twilio()],
  getToken: ({ provider, signal }) => fetch(`/voice-token/${provider}`, { method: 'POST', signal }),
});
element.texts = {
  call: 'Talk to a person',
  'ended.busy': 'Our line is busy. Please try again in a minute.',
};

element.addEventListener('everdial:before-call', (event) => {
  if (!shopIsOpen(new Date())) {
    event.preventDefault();
    location.hash = '#leave-a-message';
    return;
  }
  event.detail.setOptions({ params: { page: location.pathname } });
  event.detail.waitUntil(askForConsent());
});
element.addEventListener('everdial:answered', ({ detail }) => {
  track('answered', { provider: detail.call.provider, setupMs: detail.setupMs });
});
element.addEventListener('everdial:ended', ({ detail }) => {
  track('ended', { cause: detail.cause, seconds: Math.round(detail.durationMs / 1000) });
});
element.addEventListener('everdial:rated', ({ detail: { rating, call } }) => {
  track('rated', { rating, id: call.id });
});

function shopIsOpen(now: Date): boolean {
  return now.getHours() >= 9 && now.getHours() < 18;
}
async function askForConsent(): Promise<boolean> {
  return window.confirm('This call is recorded. Continue?');
}
function track(name: string, data: Record<string, unknown>): void {
  navigator.sendBeacon('/analytics', JSON.stringify({ name, ...data }));
}
