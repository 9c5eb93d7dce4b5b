import {
  type Dialer,
  isDialerError,
  type PreflightCheck,
  type PreflightCheckId,
  type PreflightResult,
} from 'everdial';
import { byId, carrierName, durationText, make, setText } from './dom.js';

const NAMES: Readonly<Record<PreflightCheckId, string>> = {
  browser: 'Browser and page',
  microphone: 'Microphone opens',
  'microphone-sound': 'Microphone is heard',
  speaker: 'Speaker plays',
  token: 'Permission to call',
  sdk: 'Carrier’s code',
  signalling: 'Connection and login',
  network: 'Network for sound',
};

const WORDS = { passed: 'Passed', warning: 'Warning', failed: 'Failed', skipped: 'Skipped' };

const VERDICTS: Readonly<Record<PreflightResult['status'], string>> = {
  passed: 'This computer is ready for calls.',
  warning: 'Calls are possible, not at their best.',
  failed: 'No call is possible. Do what the rows say, then check again.',
};

const start = byId<HTMLButtonElement>('preflight-start');
const person = byId<HTMLInputElement>('preflight-person');
const verdict = byId('preflight-verdict');

/** "Is this computer ready for calls?" and the file for the support ticket. */
export class PreflightView {
  readonly #dialer: () => Dialer;

  /** @param dialer - the Dialer in use */
  constructor(dialer: () => Dialer) {
    this.#dialer = dialer;
    start.addEventListener('click', () => void this.#check());
    byId('report').addEventListener('click', () => void this.#download());
  }

  async #check(): Promise<void> {
    if (start.ariaDisabled === 'true') return;
    start.ariaDisabled = 'true';
    byId('checks').replaceChildren();
    verdict.dataset['status'] = 'running';
    setText(verdict, person.checked ? 'Checking. Please say a few words…' : 'Checking…');
    const all = Object.keys(NAMES) as PreflightCheckId[];
    const leaving = new AbortController();
    window.addEventListener('pagehide', () => leaving.abort(), { once: true });
    try {
      const { status, checks } = await this.#dialer().preflight({
        signal: leaving.signal,
        onCheck: (check) => byId('checks').append(drawCheck(check)),
        ...(person.checked ? { checks: all } : {}),
      });
      byId('checks').replaceChildren(...checks.map(drawCheck));
      verdict.dataset['status'] = status;
      setText(verdict, VERDICTS[status]);
    } catch (error) {
      verdict.dataset['status'] = 'failed';
      setText(verdict, isDialerError(error) ? `${error.summary} ${error.remedy}` : String(error));
    } finally {
      start.ariaDisabled = null;
      setText(start, 'Check again');
    }
  }

  async #download(): Promise<void> {
    const report = await this.#dialer().report();
    const file = new Blob([JSON.stringify(report, null, 2)], { type: 'application/json' });
    const link = make('a', { href: URL.createObjectURL(file), download: 'call-report.json' });
    link.click();
    URL.revokeObjectURL(link.href);
    setText(byId('report-note'), 'Saved as call-report.json: no numbers, tokens or addresses.');
  }
}

function drawCheck({ id, route, status, error, durationMs, data }: PreflightCheck): HTMLLIElement {
  const name = route === undefined ? NAMES[id] : `${NAMES[id]}: ${carrierName(route)}`;
  const measured = Object.entries(data)
    .map(([key, value]) => `${key} ${value}`)
    .join(', ');
  const item = make(
    'li',
    { title: measured },
    make('b', {}, WORDS[status]),
    make('span', {}, name),
    make('small', {}, status === 'skipped' ? '' : durationText(durationMs)),
  );
  item.dataset['status'] = status;
  if (error) item.append(make('p', {}, `${error.summary} ${error.remedy}`));
  return item;
}
