import type { Clock } from '../../index.js';
import type { PanelModel, PanelView } from '../panel/panel-model.js';
import type { CallDesk } from './call-desk.js';
import type { DialPadState } from './dial-pad-state.js';
import { tell } from './forward-events.js';
import type { LazyParts } from './lazy-parts.js';
import type { PanelPress } from './panel-input.js';
import type { PanelMemory } from './panel-memory.js';
import type { Settings } from './settings.js';

/** How long the button says that the report was copied. */
const COPIED_MS = 2_000;

/** What presses lead to. */
export interface PressContext {
  /** Where DOM events are fired. */
  readonly element: HTMLElement;
  /** The only source of time. */
  readonly clock: Clock;
  /** Makes the calls. */
  readonly desk: CallDesk;
  /** The number that is typed, where one can be. */
  readonly dialPad: DialPadState | undefined;
  /** What comes when it is opened. */
  readonly parts: LazyParts;
  /** What the panel remembers. */
  readonly memory: PanelMemory;
  /** What the attributes say now. */
  readonly settings: () => Settings;
  /** Calls what the attribute or the dial pad says. */
  readonly start: () => unknown;
  /** Calls this number; `again`: gives up a call that waits for the microphone first. */
  readonly begin: (to: string, again?: boolean) => unknown;
  /** Opens the panel or makes it small. */
  readonly setOpen: (open: boolean) => void;
  /** Whether a panel that is made small leaves something running. */
  readonly goesOn: () => boolean;
  /** Opens a view or closes the one that is open. */
  readonly show: (view: PanelView | undefined) => unknown;
  /** Draws what has changed. */
  readonly onChange: () => void;
}

/** Does what was pressed. What can not be done now is refused by the Dialer, and the panel goes on showing what is the case. */
export function perform({ act, value }: PanelPress, context: PressContext): unknown {
  const { desk, dialPad, memory, parts, settings, show } = context;
  const { call, dialer } = desk;
  const toggle = (view: PanelView): unknown => show(memory.view === view ? undefined : view);
  switch (act) {
    case 'call':
      return context.start();
    case 'again':
      return context.begin(memory.to);
    case 'retry':
      return context.begin(memory.to, true);
    case 'agree':
      return desk.answerConsent(true);
    case 'hangup':
      // Before there is a call to hang up, what leads to one is given up.
      return call && !call.outcome ? call.hangup() : close(context);
    case 'not-now':
    case 'cancel':
    case 'close':
      return close(context);
    case 'minimise':
      return context.goesOn() ? context.setOpen(false) : close(context);
    case 'expand':
      return context.setOpen(true);
    case 'back':
      return show(undefined);
    case 'mute':
      return call?.mute(!call.muted);
    case 'hold':
      return call?.hold(!call.held);
    case 'details':
      void readSecurity(context);
      return toggle('details');
    case 'keypad':
    case 'devices':
      return toggle(act);
    case 'choose-microphone':
      return show('devices');
    case 'turn-on-sound':
      return dialer?.audio.unlock();
    case 'test-sound':
      return parts.testSound(dialer?.audio.output?.id);
    case 'copy-report':
      return copyReport(context);
    case 'input':
      return dialer?.audio.selectInput(value);
    case 'output':
      return dialer?.audio.selectOutput(value);
    case 'rate':
      return rate(context, value as PanelModel['rated']);
    case 'key':
      return pressKey(context, value);
    case 'erase':
      return dialPad?.erase();
    case 'type':
      return dialPad?.type(value);
    case 'check':
      return dialPad?.check();
    case 'country':
      if (value) dialPad?.chooseCountry(value === 'active' ? activeCountry(context) : value);
      return toggle('country');
    case 'search':
      return dialPad?.search(value);
    case 'move-country':
      return dialPad?.move(Number(value), settings().language);
  }
}

function close({ desk, memory, setOpen }: PressContext): void {
  memory.view = undefined;
  desk.clear();
  setOpen(false);
}

const activeCountry = ({ dialPad, settings }: PressContext): string =>
  dialPad?.active(settings().language) ?? '';

/** A tone in a call, a digit of the number before it. */
function pressKey({ desk, dialPad, memory }: PressContext, key: string): unknown {
  if (memory.view !== 'keypad') return dialPad?.add(key);
  if (key === '+') return undefined;
  memory.digits += key;
  return desk.call?.sendDigits(key);
}

function rate({ desk, element, memory }: PressContext, rating: PanelModel['rated']): void {
  memory.rated = rating;
  if (desk.call && rating) tell(element, 'rated', { rating, call: desk.call });
}

async function readSecurity({ desk, memory, onChange }: PressContext): Promise<void> {
  memory.security = await desk.call?.security();
  onChange();
}

async function copyReport({ clock, desk, memory, onChange }: PressContext): Promise<void> {
  const report = await desk.dialer?.report();
  await navigator.clipboard.writeText(JSON.stringify(report, null, 2));
  memory.copied = true;
  onChange();
  clock.setTimer(() => {
    memory.copied = false;
    onChange();
  }, COPIED_MS);
}
