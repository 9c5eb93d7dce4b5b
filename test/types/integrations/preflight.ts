// "Is my computer ready for calls?" and a file for the support ticket.
import { Dialer, type GetToken, type PreflightCheck } from 'everdial';
import { telnyx } from 'everdial/providers/telnyx';
import { twilio } from 'everdial/providers/twilio';

declare const getToken: GetToken;

const list = document.querySelector('#checks') as HTMLElement;
const start = document.querySelector('#start') as HTMLButtonElement;
const download = document.querySelector('#download') as HTMLButtonElement;

const support = Dialer.support();
if (!support.ok) list.textContent = support.problems.map((problem) => problem.remedy).join(' ');

const dialer = new Dialer({ providers: [telnyx(), twilio()], getToken });

function show(check: PreflightCheck): void {
  const row = document.createElement('li');
  const marks = { passed: '✓', warning: '!', failed: '✗', skipped: '–' } as const;
  row.textContent = `${marks[check.status]} ${check.id} ${check.route ?? ''} ${check.error?.remedy ?? ''}`;
  list.append(row);
}

start.onclick = async () => {
  const leaving = new AbortController();
  window.addEventListener('pagehide', () => leaving.abort(), { once: true });
  const result = await dialer.preflight({ onCheck: show, signal: leaving.signal });
  start.textContent = result.status === 'failed' ? 'Try again' : 'Ready';
};

download.onclick = async () => {
  const report = await dialer.report();
  const link = document.createElement('a');
  link.href = URL.createObjectURL(
    new Blob([JSON.stringify(report, null, 2)], { type: 'application/json' }),
  );
  link.download = 'call-report.json';
  link.click();
  URL.revokeObjectURL(link.href);
};
