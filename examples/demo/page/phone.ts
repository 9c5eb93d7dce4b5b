import type { LabState, PhoneCallView, PhoneSound } from '../protocol.js';
import { byId, carrierName, clockText, drawKeepingFocus, make, setText, spaced } from './dom.js';
import { icon } from './icons.js';
import { fillKeypad } from './keypad.js';
import type { LabLink } from './lab-link.js';

const SOUNDS: readonly (readonly [PhoneSound, string])[] = [
  ['melody', 'Melody'],
  ['echo', 'Echo'],
  ['tone', 'Tone'],
  ['silence', 'Nothing'],
];

const METER_BARS = 20;

const answer = byId<HTMLButtonElement>('answer');
const decline = byId<HTMLButtonElement>('decline');

/** The callee's side: a simulated phone, driven by what the lab says and by nothing that the Dialer believes. */
export class PhoneView {
  readonly #lab: LabLink;
  #call: PhoneCallView | undefined;
  #inSight = false;
  #sound: PhoneSound | undefined;

  constructor(lab: LabLink) {
    this.#lab = lab;
    answer.append(icon('phone'), make('span', {}, 'Answer'));
    decline.append(icon('hang-up'), make('span', {}, 'Decline'));
    answer.addEventListener('click', () => void lab.send({ do: 'answer' }));
    decline.addEventListener('click', () => {
      void lab.send({ do: this.#call?.state === 'answered' ? 'hang-up' : 'decline' });
    });
    fillKeypad(byId('phone-keypad'), (digit) => void lab.send({ do: 'press', digit }));
    for (let bar = 0; bar < METER_BARS; bar += 1) byId('meter').append(make('i'));
    byId('bell-icon').append(icon('phone'));
    this.#addSounds();
    new IntersectionObserver(([entry]) => {
      this.#inSight = entry?.isIntersecting ?? false;
      this.#drawPointer();
    }).observe(answer);
  }

  /** Draws a new state of the lab. */
  draw(state: LabState): void {
    drawKeepingFocus(byId('phone'), () => this.#draw(state));
  }

  #draw({ call, sound }: LabState): void {
    this.#call = call;
    const state = call?.state ?? 'idle';
    byId('phone').dataset['state'] = state;
    this.#drawPointer();
    const [headline, hint] = this.#words(call);
    setText(byId('phone-headline'), headline);
    setText(byId('phone-hint'), hint);
    setText(byId('digits'), [...(call?.digits ?? '')].slice(-12).join(' '));
    const lit = Math.round((call?.level ?? 0) * METER_BARS);
    [...byId('meter').children].forEach((bar, index) => {
      bar.classList.toggle('lit', index < lit);
    });
    const inCall = state === 'answered';
    answer.hidden = state !== 'ringing';
    decline.hidden = state !== 'ringing' && !inCall;
    setText(decline.querySelector('span') ?? decline, inCall ? 'Hang up' : 'Decline');
    if (sound !== this.#sound) this.#drawSound(sound);
    this.tick();
  }

  #drawSound(sound: PhoneSound): void {
    this.#sound = sound;
    for (const choice of byId('plays').querySelectorAll('input')) {
      choice.checked = choice.value === sound;
    }
  }

  /** On a narrow screen the phone may ring where nobody looks. */
  #drawPointer(): void {
    byId('to-phone').hidden = this.#call?.state !== 'ringing' || this.#inSight;
  }

  /** Draws what changes with time alone. */
  tick(): void {
    const since = this.#call?.answeredAtMs;
    setText(byId('phone-timer'), since === undefined ? '' : clockText(Date.now() - since));
  }

  #words(call: PhoneCallView | undefined): readonly [string, string] {
    if (call === undefined) return ['Waiting for a call', spaced(this.#lab.addresses.number)];
    const over = `over ${carrierName(call.carrier)}`;
    if (call.state === 'answered') {
      return call.held ? ['On hold', 'by the visitor'] : ['Website visitor', over];
    }
    return ['Website visitor', call.state === 'ringing' ? `calls ${over}` : `reached you ${over}`];
  }

  #addSounds(): void {
    for (const [sound, label] of SOUNDS) {
      const choice = make('input', { type: 'radio', name: 'sound', value: sound });
      choice.addEventListener('change', () => void this.#lab.send({ do: 'play', sound }));
      byId('plays').append(make('label', { className: 'choice' }, choice, make('span', {}, label)));
    }
  }
}
