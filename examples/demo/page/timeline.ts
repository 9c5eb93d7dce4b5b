import type { Call } from 'everdial';
import type { CallLog } from './call-log.js';
import { byId, carrierName, make, setText } from './dom.js';
import {
  type AttemptSpan,
  attemptsOf,
  type Lane,
  modelOf,
  type StretchKind,
} from './timeline-model.js';

const KINDS: Readonly<Record<StretchKind, string>> = {
  microphone: 'microphone',
  token: 'token',
  code: 'vendor’s code',
  connect: 'connection',
  offer: 'offer',
  carrier: 'carrier rings the phone',
  failed: 'given up',
};

const NOTHING_SENT = 'No call left this page: no phone rang.';

/** The chart of a call: one lane for the microphone, one for each attempt. */
export class TimelineView {
  #drawn = '';

  constructor() {
    byId('timeline').append(
      make('p', { className: 'empty' }, 'Press Call to see where the time goes.'),
    );
  }

  /** Draws a call as it is now. */
  draw(log: CallLog): void {
    const { call } = log;
    const attempts = attemptsOf(log);
    const { lanes, untilMs, ringingMs, soundMs } = modelOf(call, attempts, elapsed(call));
    const shown = JSON.stringify([lanes, untilMs, soundMs, call.outcome !== undefined]);
    if (shown === this.#drawn) return;
    this.#drawn = shown;
    const chart = make('div', { className: 'chart' });
    for (const lane of lanes) chart.append(...drawLane(lane, untilMs));
    chart.append(make('span'), drawAxis(untilMs, ringingMs !== undefined));
    byId('timeline').replaceChildren(chart, drawLegend(lanes));
    const nothingSent = call.outcome?.attempts.every(({ phase }) => phase === 'unsent') === true;
    setText(byId('timeline-note'), nothingSent ? NOTHING_SENT : noteOf(ringingMs, soundMs));
    this.#drawMarks(call, attempts);
  }

  #drawMarks(call: Call, attempts: readonly AttemptSpan[]): void {
    const rows = call.timeline.map(({ name, atMs, attempt }) =>
      make(
        'tr',
        {},
        make('td', {}, name),
        make('td', {}, carrierName(attempts[attempt - 1]?.provider)),
        make('td', {}, milliseconds(atMs)),
      ),
    );
    const head = make('tr', {}, ...['moment', 'carrier', 'since the press'].map(headCell));
    byId('marks-table').replaceChildren(
      make('table', {}, make('thead', {}, head), make('tbody', {}, ...rows)),
    );
    byId('marks').hidden = false;
  }
}

const headCell = (text: string): HTMLElement => make('th', { scope: 'col' }, text);

const elapsed = ({ startedAtMs }: Call): number => Date.now() - startedAtMs;

const milliseconds = (ms: number): string => `${Math.round(ms).toLocaleString('en')} ms`;

function drawLane({ name, stretches }: Lane, untilMs: number): readonly HTMLElement[] {
  const track = make('div', { className: 'track' });
  for (const { kind, fromMs, toMs } of stretches) {
    const bar = make('i', {
      className: `kind-${kind}`,
      title: `${KINDS[kind]}: ${milliseconds(toMs - fromMs)}`,
    });
    bar.style.setProperty('--from', share(fromMs, untilMs));
    bar.style.setProperty('--size', share(toMs - fromMs, untilMs));
    track.append(bar);
  }
  const last = stretches.at(-1);
  const failed = last?.kind === 'failed';
  const text =
    last === undefined
      ? ''
      : (failed ? 'given up after ' : '') +
        milliseconds(last.toMs - (failed ? (stretches[0]?.fromMs ?? 0) : 0));
  return [
    make('span', { className: 'lane' }, name === 'microphone' ? 'Microphone' : carrierName(name)),
    track,
    make('span', { className: failed ? 'took bad' : 'took' }, text),
  ];
}

function drawAxis(untilMs: number, rang: boolean): HTMLElement {
  const axis = make('div', { className: 'axis' }, make('span', {}, 'pressed'));
  axis.append(
    make('span', {}, rang ? `rings after ${milliseconds(untilMs)}` : milliseconds(untilMs)),
  );
  return axis;
}

function drawLegend(lanes: readonly Lane[]): HTMLElement {
  const used = new Set(lanes.flatMap(({ stretches }) => stretches.map(({ kind }) => kind)));
  const legend = make('p', { className: 'legend' });
  for (const kind of used) {
    legend.append(make('span', {}, make('i', { className: `kind-${kind}` }), KINDS[kind]));
  }
  return legend;
}

function noteOf(ringingMs: number | undefined, soundMs: number | undefined): string {
  const parts = [];
  if (ringingMs !== undefined) parts.push(`Rang ${milliseconds(ringingMs)} after the press`);
  if (soundMs !== undefined) {
    parts.push(
      soundMs === 0 ? 'sound before the answer' : `sound ${milliseconds(soundMs)} after the answer`,
    );
  }
  return parts.length === 0 ? '' : `${parts.join(', ')}.`;
}

const share = (ms: number, wholeMs: number): string =>
  `${(100 * Math.max(0, ms)) / Math.max(1, wholeMs)}%`;
