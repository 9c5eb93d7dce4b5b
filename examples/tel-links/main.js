// @ts-check
// Every telephone number on the page calls: links, numbers in the text, and a number in the page's own address.
import { Dialer } from 'everdial';
import { sandbox } from 'everdial/providers/sandbox';
import { telnyx } from 'everdial/providers/telnyx';
import { registerTelHandler, telFromLocation, watchTelLinks } from 'everdial/tel-links';

const status = /** @type {HTMLElement} */ (document.getElementById('call-status'));
const hangUp = /** @type {HTMLButtonElement} */ (document.getElementById('hang-up'));
const form = /** @type {HTMLFormElement} */ (document.getElementById('form'));
const number = /** @type {HTMLInputElement} */ (document.getElementById('number'));
const handler = /** @type {HTMLButtonElement} */ (document.getElementById('handler'));
const tokenUrl = document.body.dataset['tokenUrl'];

const dialer = tokenUrl
  ? new Dialer({
      providers: [telnyx()],
      getToken: ({ provider, signal }) =>
        fetch(`${tokenUrl}/${provider}`, { method: 'POST', signal }),
    })
  : new Dialer({ providers: [sandbox()] });

/** @param {string} to */
function dial(to) {
  const call = dialer.dial(to);
  call.on('state-changed', ({ state }) => {
    status.textContent = `${call.to}: ${state}`;
  });
  call.on('ended', ({ error }) => {
    status.textContent = error ? `${error.summary} ${error.remedy}` : 'Call ended';
  });
}

dialer.subscribe(() => {
  hangUp.hidden = dialer.calls.length === 0;
});
hangUp.addEventListener('click', () => {
  for (const call of dialer.calls) void call.hangup();
});

// A browser that can not call keeps its links.
if (Dialer.support().ok) {
  watchTelLinks({
    country: 'US',
    inText: true,
    onIntent: () => void dialer.warmUp(),
    onCall: dial,
  });
}

// A link to this page may hold a number: index.html?tel=+12025550100. It is filled in; the person calls.
number.value = telFromLocation() ?? '';
form.addEventListener('submit', (event) => {
  event.preventDefault();
  dial(number.value);
});

handler.addEventListener('click', () => {
  const result = registerTelHandler();
  status.textContent = result.asked ? 'Your browser asks you now.' : `No: ${result.reason}`;
});
