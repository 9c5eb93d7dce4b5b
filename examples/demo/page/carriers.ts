import type { Call, RouteStatus } from 'everdial';
import type { CarrierHealth, LabState } from '../protocol.js';
import type { CallLog } from './call-log.js';
import type { DialerSlot } from './dialer-slot.js';
import { byId, carrierName, make, setText } from './dom.js';
import type { LabLink } from './lab-link.js';

const CARRIERS = [
  { id: 'telnyx', role: 'first choice' },
  { id: 'twilio', role: 'stands by' },
] as const;

const HEALTHS: readonly (readonly [CarrierHealth, string, string])[] = [
  ['works', 'Works', 'It works'],
  ['down', 'Down', 'Its port is closed'],
  ['silent', 'Silent', 'It takes the connection and never answers'],
];

/** The carriers between page and phone: which one carries the call, and the switches that break them. */
export class CarriersView {
  readonly #slot: DialerSlot;
  #switches = '';

  constructor(slot: DialerSlot, lab: LabLink) {
    this.#slot = slot;
    for (const { id, role } of CARRIERS) {
      const box = byId(id);
      const switches = make('div', { className: 'segments' });
      for (const [health, label, title] of HEALTHS) {
        const choice = make('input', { type: 'radio', name: `health-${id}`, value: health });
        choice.addEventListener('change', () => {
          void lab.send({ do: 'set-carrier', carrier: id, health });
        });
        switches.append(make('label', { title }, choice, make('span', {}, label)));
      }
      box.append(
        make('legend', {}, carrierName(id)),
        make('p', { className: 'role' }, role),
        make('p', { className: 'carrier-status' }),
        switches,
      );
    }
  }

  /** Draws the switches as the lab has them. */
  drawSwitches({ carriers }: LabState): void {
    // Only when they have changed: a state that was sent before a press would put the press back.
    const switches = JSON.stringify(carriers);
    if (switches === this.#switches) return;
    this.#switches = switches;
    for (const { id } of CARRIERS) {
      byId(id).dataset['health'] = carriers[id];
      for (const choice of byId(id).querySelectorAll('input')) {
        choice.checked = choice.value === carriers[id];
      }
    }
  }

  /** Draws what the Dialer knows. */
  draw(log: CallLog | undefined): void {
    const { routes } = this.#slot.dialer;
    for (const { id, role } of CARRIERS) {
      const route = routes.find(({ provider }) => provider === id);
      const box = byId(id);
      const rests = restOf(route);
      const part = partOf(id, log);
      box.dataset['part'] = part;
      box.dataset['rests'] = String(rests !== undefined);
      setText(box.querySelector<HTMLElement>('.role') ?? box, rests ?? role);
      setText(
        box.querySelector<HTMLElement>('.carrier-status') ?? box,
        STATUS[part] ?? statusOf(route),
      );
    }
  }
}

/** The part that a carrier plays in a call. */
type Part =
  | ''
  | 'tried'
  | 'carries'
  | 'cut'
  | 'carried'
  | 'unsent'
  | 'failed'
  | 'answered-for'
  | 'unknown';

const STATUS: Readonly<Partial<Record<Part, string>>> = {
  tried: 'Being tried',
  carries: 'Carries the call',
  cut: 'Line is cut',
  carried: 'Carried the call',
  unsent: 'Failed, nothing was sent',
  failed: 'Given up, proven over',
  'answered-for': 'Brought the answer',
  unknown: 'Nobody knows if it is over',
};

function partOf(id: string, log: CallLog | undefined): Part {
  if (log === undefined) return '';
  const left = log.switches.find(({ from }) => from === id);
  if (left) return left.phase === 'unsent' ? 'unsent' : 'failed';
  const { call } = log;
  if (call.provider !== id) return '';
  return call.outcome ? endedPart(call) : livePart(call);
}

function livePart({ state }: Call): Part {
  if (state === 'reconnecting') return 'cut';
  return state === 'preparing' ? 'tried' : 'carries';
}

function endedPart({ outcome }: Call): Part {
  const last = outcome?.attempts.at(-1);
  if (last === undefined) return '';
  if (last.phase === 'unsent') return last.error ? 'unsent' : '';
  if (outcome?.redialAdvice === 'ask' && !outcome.confirmed) return 'unknown';
  if (last.phase === 'answered' || last.error === undefined) return 'carried';
  return last.error.kind === 'callee' ? 'answered-for' : 'failed';
}

/** For how long a carrier that failed is left alone, or what is wrong with it; `undefined` when it is well. */
function restOf(route: RouteStatus | undefined): string | undefined {
  switch (route?.health) {
    case 'cooling-down':
    case 'misconfigured':
      return route.retryAtMs === undefined
        ? 'left alone'
        : `left alone until ${timeOf(route.retryAtMs)}`;
    case 'unsupported':
      return 'not in this browser';
    default:
      return undefined;
  }
}

const timeOf = (atMs: number): string => new Date(atMs).toLocaleTimeString('en-GB');

function statusOf(route: RouteStatus | undefined): string {
  switch (route?.connection) {
    case 'ready':
      return 'Connected';
    case 'loading':
    case 'connecting':
    case 'reconnecting':
      return 'Connecting…';
    case 'failed':
      return 'Not reached';
    default:
      return 'Not connected';
  }
}
