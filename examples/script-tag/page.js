// @ts-check
// A page without a bundler. Works whether this file or everdial.js arrives first.
/** @import {} from 'everdial/global' */

window.Everdial = window.Everdial || { cmd: [] };
window.Everdial.cmd.push((everdial) => {
  const tokenUrl = document.body.dataset['tokenUrl'];
  const dialer = tokenUrl
    ? new everdial.Dialer({
        providers: [everdial.telnyx(), everdial.twilio()],
        getToken: ({ provider, signal }) =>
          fetch(`${tokenUrl}/${provider}`, { method: 'POST', signal }),
      })
    : new everdial.Dialer({ providers: [everdial.sandbox()] });
  const button = /** @type {HTMLButtonElement} */ (document.getElementById('call'));
  const status = /** @type {HTMLElement} */ (document.getElementById('call-status'));

  button.disabled = !everdial.Dialer.support().ok;
  everdial.warmUpOnIntent(dialer, button);
  button.onclick = () => {
    const running = dialer.calls[0];
    if (running) {
      void running.hangup();
      return;
    }
    const call = dialer.dial(everdial.sandboxNumbers.answers);
    button.textContent = 'Hang up';
    call.on('state-changed', ({ state }) => {
      status.textContent = state;
    });
    call.on('ended', ({ error }) => {
      button.textContent = 'Call us';
      status.textContent = error ? error.remedy : 'Call ended';
    });
  };
});
