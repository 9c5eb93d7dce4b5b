// One page, one button, two carriers. The same button calls and hangs up.
import { type CallState, Dialer, warmUpOnIntent } from 'everdial';
import { telnyx } from 'everdial/providers/telnyx';
import { twilio } from 'everdial/providers/twilio';

const dialer = new Dialer({
  providers: [telnyx(), twilio()],
  getToken: ({ provider, signal }) => fetch(`/voice-token/${provider}`, { method: 'POST', signal }),
});

const words: Record<CallState, string> = {
  preparing: 'Please allow the microphone…',
  connecting: 'Connecting…',
  ringing: 'Ringing…',
  answered: 'Answered',
  active: 'In call',
  reconnecting: 'Connection lost, trying again…',
  ending: 'Hanging up…',
  ended: '',
};

const button = document.querySelector('#call') as HTMLButtonElement;
const status = document.querySelector('#call-status') as HTMLElement;

warmUpOnIntent(dialer, button);
button.addEventListener('click', () => {
  const running = dialer.calls[0];
  if (running) {
    running.hangup();
    return;
  }
  const call = dialer.dial('+14155550123');
  button.textContent = 'Hang up';
  call.on('state-changed', ({ state }) => {
    status.textContent = words[state];
  });
  call.on('ended', ({ error }) => {
    button.textContent = 'Call';
    status.textContent = error ? `${error.summary} ${error.remedy}` : '';
  });
});
