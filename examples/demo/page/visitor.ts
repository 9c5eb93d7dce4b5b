import { type Call, isDialerError, warmUpOnIntent } from 'everdial';
import { CallLog } from './call-log.js';
import type { DialerSlot } from './dialer-slot.js';
import { byId, clockText, drawKeepingFocus, make, setText, spaced } from './dom.js';
import { type IconName, icon } from './icons.js';
import { fillKeypad } from './keypad.js';
import { IDLE, wordsOf } from './texts.js';

/** Numbers of the lab's scripted phones, by their last four digits. */
const EXAMPLES = [
  ['You answer', '0107'],
  ['Busy', '0101'],
  ['Declines', '0103'],
  ['No such number', '0104'],
  ['Announcement first', '0108'],
  ['Takes 3 s to ring', '0112'],
] as const;

/** A second press within this time is the other half of a double click, milliseconds. */
const SETTLE_MS = 400;

const panel = byId('panel');
const input = byId<HTMLInputElement>('number');
const keypad = byId('keypad');
const mute = byId<HTMLButtonElement>('mute');
const hold = byId<HTMLButtonElement>('hold');
const showKeypad = byId<HTMLButtonElement>('show-keypad');
const action = byId<HTMLButtonElement>('action');

/** The visitor's side of the page: everything an application does with everdial is in here. */
export class VisitorPage {
  readonly #slot: DialerSlot;
  readonly #onChange: () => void;
  #log: CallLog | undefined;

  /** @param onChange - told after each change of the call */
  constructor(slot: DialerSlot, number: string, onChange: () => void) {
    this.#slot = slot;
    this.#onChange = onChange;
    input.value = spaced(number);
    this.#addChips(number);
    this.#connectButtons();
    this.#draw();
  }

  /** The call on the panel, the last one after its end. */
  get call(): Call | undefined {
    return this.#log?.call;
  }

  /** What that call has told. */
  get log(): CallLog | undefined {
    return this.#log;
  }

  /** Whether there is a call that is not over. */
  get live(): boolean {
    return this.call !== undefined && this.call.outcome === undefined;
  }

  /** Calls a number as if it had been typed. */
  dial(number: string): void {
    input.value = spaced(number);
    this.#drawChips();
    this.#dial();
  }

  /** Draws what changes with time alone. */
  tick(): void {
    if (!this.call || !this.live) return;
    if (this.call.answeredAtMs !== undefined) {
      setText(byId('timer'), clockText(this.call.durationMs));
    }
    this.#onChange();
  }

  #dial(): void {
    const { dialer } = this.#slot;
    const call = dialer.dial(input.value);
    // A press while a call is being set up gives that call.
    if (call === this.call) return;
    this.#log = new CallLog(call, dialer);
    this.#openKeypad(false);
    call.subscribe(() => {
      this.#draw();
      this.#onChange();
    });
    this.#draw();
  }

  #connectButtons(): void {
    // Whoever points at the button will probably press it. The page may get another Dialer meanwhile.
    warmUpOnIntent({ warmUp: (options) => this.#slot.dialer.warmUp(options) }, action);
    action.addEventListener('click', () => {
      if (action.ariaDisabled === 'true') return;
      action.ariaDisabled = 'true';
      setTimeout(() => {
        action.ariaDisabled = null;
      }, SETTLE_MS);
      if (this.live) void this.call?.hangup();
      else this.#dial();
    });
    input.addEventListener('keydown', ({ key }) => {
      if (key === 'Enter' && !this.live) this.#dial();
    });
    mute.addEventListener('click', () => this.call?.mute(!this.call?.muted));
    hold.addEventListener('click', () => {
      this.call?.hold(!this.call.held).catch(explain);
    });
    showKeypad.addEventListener('click', () => this.#openKeypad(keypad.hidden !== false));
    fillKeypad(keypad, (digit) => {
      this.call?.sendDigits(digit).catch(explain);
    });
  }

  #addChips(number: string): void {
    for (const [label, ending] of EXAMPLES) {
      const chip = make('button', { type: 'button', className: 'chip' }, label);
      chip.addEventListener('click', () => {
        input.value = spaced(number.slice(0, -4) + ending);
        this.#drawChips();
      });
      chip.dataset['ending'] = ending;
      byId('chips').append(chip);
    }
    input.addEventListener('input', () => this.#drawChips());
    this.#drawChips();
  }

  #drawChips(): void {
    for (const chip of byId('chips').children as HTMLCollectionOf<HTMLElement>) {
      const chosen = input.value.endsWith(chip.dataset['ending'] ?? '?');
      chip.ariaPressed = String(chosen);
    }
  }

  #openKeypad(open: boolean): void {
    keypad.hidden = !open;
    showKeypad.ariaPressed = String(open);
    if (open) keypad.querySelector('button')?.focus();
    this.#draw();
  }

  #draw(): void {
    drawKeepingFocus(panel, () => this.#drawPanel());
  }

  #drawPanel(): void {
    const call = this.call;
    const [headline, hint] = call ? wordsOf(call, this.#log?.switches.length !== 0) : IDLE;
    const answered = this.live && call?.answeredAtMs !== undefined;
    panel.dataset['state'] = call?.state ?? 'idle';
    panel.dataset['live'] = String(this.live);
    panel.dataset['cause'] = call?.outcome?.cause ?? '';
    setText(byId('headline'), headline);
    setText(byId('hint'), hint);
    setText(
      byId('timer'),
      answered || call?.outcome?.durationMs ? clockText(call?.durationMs ?? 0) : '',
    );
    setText(byId('receipt'), receiptOf(call));
    byId('choose').hidden = this.live;
    if (!answered) keypad.hidden = true;
    drawControl(
      mute,
      call?.muted ? 'microphone-off' : 'microphone',
      call?.muted ? 'Unmute' : 'Mute',
    );
    drawControl(showKeypad, 'keypad', 'Keypad');
    drawControl(hold, call?.held ? 'play' : 'pause', call?.held ? 'Resume' : 'Hold');
    mute.ariaPressed = String(call?.muted ?? false);
    hold.ariaPressed = String(call?.held ?? false);
    showKeypad.ariaPressed = String(keypad.hidden === false);
    mute.disabled = !this.live;
    showKeypad.disabled = !answered;
    hold.disabled = !answered || call?.capabilities.hold === false;
    hold.title = answered && hold.disabled ? 'This carrier has no hold' : '';
    drawControl(action, this.live ? 'hang-up' : 'phone', this.live ? 'Hang up' : callLabel(call));
    action.dataset['does'] = this.live ? 'hang-up' : 'call';
    panel.dataset['advice'] = call?.outcome?.redialAdvice ?? '';
  }
}

/** Tells why an action was refused; the sentences of an error are made to be shown. */
function explain(error: unknown): void {
  if (isDialerError(error)) setText(byId('hint'), `${error.summary} ${error.remedy}`);
}

const callLabel = (call: Call | undefined): string => (call ? 'Call again' : 'Call');

function receiptOf(call: Call | undefined): string {
  const media = call?.outcome?.media;
  if (!media) return '';
  return media.released
    ? 'Your microphone is off.'
    : 'Your microphone is still on. Close this tab.';
}

function drawControl(button: HTMLButtonElement, name: IconName, label: string): void {
  if (button.dataset['shows'] === `${name} ${label}`) return;
  button.dataset['shows'] = `${name} ${label}`;
  button.replaceChildren(icon(name), make('span', {}, label));
}
