import type { Call, Dialer, RouteStatus } from 'everdial';
import type { CarrierHealth, LabState } from '../protocol.js';
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
  readonly #dialer: Dialer;
  #switches = '';

  constructor(dialer: Dialer, lab: LabLink) {
    this.#dialer = dialer;
    for (const { id, role } of CARRIERS) {
      const box = byId(id);
      const switches = make('div', { className: 'segments' });
      for (const [health, label, title] of HEALTHS) {
        const choice = make('input', { type: 'radio', name: `health-${id}`, value: health });
        choice.addEventListener('change', () => {
          lab.send({ do: 'set-carrier', carrier: id, health });
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
  draw(call: Call | undefined): void {
    for (const { id } of CARRIERS) {
      const route = this.#dialer.routes.find(({ provider }) => provider === id);
      const box = byId(id);
      box.dataset['part'] = partOf(id, call);
      setText(box.querySelector<HTMLElement>('.carrier-status') ?? box, statusOf(id, call, route));
    }
  }
}

/** The part that a carrier plays in the call: `carries`, `carried`, `failed` or none. */
function partOf(id: string, call: Call | undefined): string {
  if (call === undefined) return '';
  if (call.provider === id && call.outcome === undefined) return 'carries';
  const attempt = call.outcome?.attempts.find(({ provider }) => provider === id);
  if (attempt) return attempt.phase === 'unsent' ? 'failed' : 'carried';
  return call.outcome === undefined && isBefore(id, call) ? 'failed' : '';
}

/** Whether the call has moved on from this carrier. */
const isBefore = (id: string, { provider }: Call): boolean =>
  id === 'telnyx' && provider === 'twilio';

function statusOf(id: string, call: Call | undefined, route: RouteStatus | undefined): string {
  switch (partOf(id, call)) {
    case 'carries':
      return call?.state === 'preparing' ? 'Being tried' : 'Carries the call';
    case 'carried':
      return 'Carried the call';
    case 'failed':
      return 'Failed before the call was sent';
  }
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
