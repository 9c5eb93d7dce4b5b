import { type AudioDevice, type AudioSnapshot, type Dialer, isDialerError } from 'everdial';
import { byId, make, setText } from './dom.js';
import { MicrophoneTest } from './microphone-test.js';

const inputs = byId<HTMLSelectElement>('input-device');
const outputs = byId<HTMLSelectElement>('output-device');
const ask = byId<HTMLButtonElement>('ask');
const test = byId<HTMLButtonElement>('test-microphone');
const offer = byId('offer');

/** Microphone and speaker: what there is, what is chosen, whether the microphone is allowed, and how loud it is. */
export class DevicesView {
  readonly #test = new MicrophoneTest();
  #dialer: Dialer | undefined;
  /** What was plugged in and is offered. */
  #added: readonly AudioDevice[] = [];

  constructor() {
    inputs.addEventListener('change', () => void this.#choose(inputs.value, undefined));
    outputs.addEventListener('change', () => void this.#choose(undefined, outputs.value));
    ask.addEventListener('click', () => void this.#dialer?.audio.requestPermission());
    test.addEventListener('click', () => void this.#toggleTest());
    byId('use-offer').addEventListener('click', () => void this.#useOffer());
    byId('dismiss-offer').addEventListener('click', () => this.#offer([]));
  }

  /** Shows the sound of this Dialer from now on. */
  follow(dialer: Dialer): void {
    this.#dialer = dialer;
    dialer.on('audio-changed', ({ audio, added, removed }) => {
      if (dialer !== this.#dialer) return;
      const gone = new Set(removed.map(({ id }) => id));
      const left = this.#added.filter(({ id }) => !gone.has(id));
      this.#offer(added.length > 0 ? added : left);
      this.#draw(audio);
    });
    this.#draw(dialer.audio);
  }

  /** Draws the level. @param calling - whether a call has the microphone: the test lets go of it then */
  tick(calling: boolean): void {
    if (calling && this.#test.running) this.#stopTest();
    const level = this.#test.running ? this.#test.level : (this.#dialer?.audio.level ?? 0);
    drawLevel(byId('input-level'), level);
  }

  #draw(audio: AudioSnapshot): void {
    fill(inputs, audio.inputs, audio.input, 'Microphone');
    fill(outputs, audio.canSelectOutput ? audio.outputs : [], audio.output, 'Speaker');
    outputs.disabled = !audio.canSelectOutput;
    setText(
      byId('output-note'),
      audio.canSelectOutput ? '' : 'This browser lets its own settings choose the speaker.',
    );
    byId('permission').dataset['permission'] = audio.asking ? 'asking' : audio.permission;
    setText(byId('permission'), permissionText(audio));
    ask.hidden = audio.asking || audio.permission === 'granted' || audio.permission === 'denied';
  }

  async #choose(input: string | undefined, output: string | undefined): Promise<void> {
    const { audio } = this.#dialer ?? {};
    if (!audio) return;
    try {
      if (input !== undefined) await audio.selectInput(input);
      if (output !== undefined) await audio.selectOutput(output);
      setText(byId('device-error'), '');
      if (input !== undefined && this.#test.running) await this.#test.start(input);
    } catch (error) {
      // The old one stays in use, so the menu shows that again.
      if (!isDialerError(error)) throw error;
      setText(byId('device-error'), `${error.summary} ${error.remedy}`);
    }
    this.#draw(audio);
  }

  #offer(added: readonly AudioDevice[]): void {
    this.#added = added.filter(({ label }) => label !== '');
    const [device] = this.#added;
    setText(byId('offer-text'), device ? `${device.label} is plugged in. Use it?` : '');
    offer.dataset['shown'] = String(device !== undefined);
    for (const button of offer.querySelectorAll('button')) button.hidden = device === undefined;
  }

  async #useOffer(): Promise<void> {
    const { audio } = this.#dialer ?? {};
    const plugged = (list: readonly AudioDevice[] | undefined) =>
      this.#added.find((one) => list?.some(({ id }) => id === one.id))?.id;
    const input = plugged(audio?.inputs);
    const output = audio?.canSelectOutput ? plugged(audio.outputs) : undefined;
    this.#offer([]);
    inputs.focus();
    await this.#choose(input, output);
  }

  async #toggleTest(): Promise<void> {
    if (this.#test.running) return this.#stopTest();
    test.ariaPressed = 'true';
    setText(test, 'Stop the test');
    try {
      await this.#test.start(inputs.value);
      setText(byId('device-error'), 'Speak: the bar moves with your voice. Nothing is recorded.');
    } catch {
      this.#stopTest();
      setText(byId('device-error'), 'The microphone could not be opened.');
    }
  }

  #stopTest(): void {
    this.#test.stop();
    test.ariaPressed = 'false';
    setText(test, 'Test');
    setText(byId('device-error'), '');
  }
}

/** Draws a level between 0 and 1 as a bar; ears hear ratios, so the bar shows decibels, from -60 up. */
export function drawLevel(bar: HTMLElement, level: number): void {
  const share = level <= 0 ? 0 : Math.max(0, 1 + (20 * Math.log10(level)) / 60);
  bar.style.setProperty('--level', String(Math.min(1, share)));
}

function fill(
  menu: HTMLSelectElement,
  devices: readonly AudioDevice[],
  chosen: AudioDevice | undefined,
  name: string,
): void {
  const known = devices.some(({ id }) => id === 'default');
  const options = [
    ...(known ? [] : [['default', 'The system’s choice'] as const]),
    ...devices
      .filter(({ id }) => id !== '')
      .map(({ id, label }, index) => [id, label || `${name} ${index + 1}`] as const),
  ];
  const shown = JSON.stringify(options);
  // Only when they have changed: a menu that is open would close.
  if (menu.dataset['shown'] !== shown) {
    menu.dataset['shown'] = shown;
    menu.replaceChildren(...options.map(([value, text]) => make('option', { value }, text)));
  }
  menu.value = chosen?.id || 'default';
  if (menu.selectedIndex < 0) menu.value = 'default';
}

function permissionText({ permission, asking }: AudioSnapshot): string {
  if (asking) return 'Your browser asks for the microphone: choose “Allow”.';
  switch (permission) {
    case 'granted':
      return 'The microphone is allowed.';
    case 'denied':
      return 'The microphone is blocked. Allow it beside the address of this page; a call that waits then goes on by itself.';
    default:
      return 'Your browser will ask for the microphone when you call.';
  }
}
