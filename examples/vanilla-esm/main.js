// @ts-check
// One page, one button, two carriers. The same button calls and hangs up.
import { Dialer, warmUpOnIntent } from 'everdial';
import { sandbox } from 'everdial/providers/sandbox';
import { telnyx } from 'everdial/providers/telnyx';
import { twilio } from 'everdial/providers/twilio';

const number = /** @type {HTMLInputElement} */ (document.getElementById('number'));
const button = /** @type {HTMLButtonElement} */ (document.getElementById('call'));
const status = /** @type {HTMLElement} */ (document.getElementById('call-status'));
const tokenUrl = document.body.dataset['tokenUrl'];

const dialer = tokenUrl
  ? new Dialer({
      providers: [telnyx(), twilio()],
      getToken: ({ provider, signal }) =>
        fetch(`${tokenUrl}/${provider}`, { method: 'POST', signal }),
    })
  : new Dialer({ providers: [sandbox()] });

/** @type {Readonly<Record<import('everdial').CallState, string>>} */
const WORDS = {
  preparing: 'Please allow the microphone…',
  connecting: 'Connecting…',
  ringing: 'Ringing…',
  answered: 'Answered',
  active: 'In call',
  reconnecting: 'Connection lost, trying again…',
  ending: 'Hanging up…',
  ended: 'Call ended',
};

warmUpOnIntent(dialer, button);
button.addEventListener('click', () => {
  const running = dialer.calls[0];
  if (running) {
    void running.hangup();
    return;
  }
  const call = dialer.dial(number.value);
  button.textContent = 'Hang up';
  call.on('state-changed', ({ state }) => {
    status.textContent = WORDS[state];
  });
  call.on('ended', ({ error }) => {
    button.textContent = 'Call';
    status.textContent = error ? `${error.summary} ${error.remedy}` : WORDS.ended;
  });
});
