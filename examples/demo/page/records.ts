import type { LabState, PhoneRecord } from '../protocol.js';
import { byId, carrierName, make } from './dom.js';

let drawn = '';

/** Draws what the phone went through, newest first. */
export function drawRecords({ records }: LabState): void {
  const now = JSON.stringify(records);
  if (now === drawn) return;
  drawn = now;
  byId('records').replaceChildren(
    ...(records.length === 0 ? [make('li', { className: 'empty' }, 'Nothing yet.')] : []),
    ...records.map(drawRecord),
  );
}

function drawRecord({
  atMs,
  carrier,
  rings,
  ringsOfPress,
  story,
  digits,
}: PhoneRecord): HTMLLIElement {
  const heading = make('b', {}, `${ringText(rings)} over ${carrierName(carrier)}`);
  if (ringsOfPress > 1) heading.classList.add('bad');
  const heard = digits === '' ? '' : `, heard ${[...digits].join(' ')}`;
  return make(
    'li',
    {},
    make('time', {}, new Date(atMs).toLocaleTimeString('en-GB')),
    make('span', {}, heading, make('span', { className: 'story' }, story + heard)),
  );
}

function ringText(rings: number): string {
  if (rings === 0) return 'Did not ring';
  return rings === 1 ? 'Rang once' : `Rang ${rings} times`;
}
