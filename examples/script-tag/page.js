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
  button.onpointerenter = () => {
    void dialer.warmUp();
  };
  button.onclick = () => {
    const call = dialer.dial(everdial.sandboxNumbers.answers);
    call.on('state-changed', ({ state }) => {
      status.textContent = state;
    });
    call.on('ended', ({ error }) => {
      status.textContent = error ? error.remedy : 'Call ended';
    });
  };
});
