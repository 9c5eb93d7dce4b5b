/** The page of `npm run telephony`: a Dialer over SIP, and the phone that it calls. */
import { type Call, Dialer } from 'everdial';
import { sip } from 'everdial/providers/sip';
import { byId, make, setText, spaced } from '../../../examples/demo/page/dom.js';
import { fillKeypad } from '../../../examples/demo/page/keypad.js';
import type { HandCommand, HandPhone, HandSettings } from './protocol.js';

/** How often the phone is asked, milliseconds. */
const LOOK_MS = 300;

const settings = (await (await fetch('/settings.json')).json()) as HandSettings;
const { server, domain, username, token, numbers } = settings;
const dialer = new Dialer({
  providers: [sip({ server, domain })],
  getToken: async () => ({ token, username }),
});
let call: Call | undefined;

byId('numbers').append(
  ...numbers.map(([number, does]) => {
    const button = make('button', { type: 'button' }, spaced(number));
    button.addEventListener('click', () => dial(number));
    return make('tr', {}, make('td', {}, button), make('td', {}, does));
  }),
);
fillKeypad(byId('keypad'), (digit) => void call?.sendDigits(digit).catch(say));
byId('hangup').addEventListener('click', () => void call?.hangup());
byId('hold').addEventListener('click', () => void call?.hold(!call.held).catch(say));
byId('mute').addEventListener('click', () => call?.mute(!call.muted));
setInterval(() => void look(), LOOK_MS);

function dial(number: string): void {
  const next = dialer.dial(number);
  if (next === call) return;
  call = next;
  byId('events').textContent = '';
  call.subscribe(() => {
    const words = [next.state, next.held && 'on hold', next.muted && 'muted', next.problem?.code];
    setText(byId('state'), `${spaced(number)}: ${words.filter(Boolean).join(', ')}`);
  });
  call.on('state-changed', ({ state }) => say(state));
  call.on('ringing', ({ earlyMedia }) => earlyMedia && say('early media'));
  call.on('reconnecting', ({ error }) => say(error.code));
  call.on('ended', ({ cause, by, confirmed, error, redialAdvice }) => {
    const sipCode = error?.codes.sipCode;
    const code = error && `${error.code}${sipCode ? ` (SIP ${sipCode})` : ''}`;
    say(
      [cause, `by ${by}`, confirmed ? 'confirmed' : 'not confirmed', code, redialAdvice]
        .filter(Boolean)
        .join(' · '),
    );
  });
}

function say(what: unknown): void {
  const time = new Date().toISOString().slice(11, 23);
  byId('events').append(`${time} ${what}\n`);
}

async function look(): Promise<void> {
  const { history, live } = (await (await fetch('/phone')).json()) as HandPhone;
  setText(byId('phone'), history.join('\n'));
  const answers = byId('answers');
  if (answers.dataset['live'] === live.join()) return;
  answers.dataset['live'] = live.join();
  answers.replaceChildren(
    ...live.flatMap((number) => [
      `${number} `,
      button('Answer', { do: 'accept', number }),
      ' ',
      button('Hang up', { do: 'hangup', number }),
      ' ',
    ]),
  );
}

function button(label: string, command: HandCommand): HTMLButtonElement {
  const made = make('button', { type: 'button' }, label);
  made.addEventListener('click', () => {
    void fetch('/phone', { method: 'POST', body: JSON.stringify(command) });
  });
  return made;
}
