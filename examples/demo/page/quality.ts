import type { Call, Dialer, QualityReason, QualitySample, SecurityReport } from 'everdial';
import { drawLevel } from './devices.js';
import { byId, setText } from './dom.js';

const REASONS: Readonly<Record<QualityReason, string>> = {
  rtt: 'long way',
  jitter: 'uneven arrival',
  loss: 'lost packets',
  mos: 'low score',
};

const unlock = byId<HTMLButtonElement>('unlock');

/** How the call sounds, what is wrong with the sound, and what protects it. */
export class QualityView {
  #call: Call | undefined;

  /** @param dialer - the Dialer in use */
  constructor(dialer: () => Dialer) {
    unlock.addEventListener('click', () => void dialer().audio.unlock());
  }

  /** Shows this call, as it is now. */
  draw(call: Call | undefined): void {
    if (call && call !== this.#call) this.#follow(call);
    drawProblem(call);
  }

  /** Draws what moves all the time. */
  tick(): void {
    const live = this.#call && this.#call.outcome === undefined;
    const { input, output } = (live && this.#call?.levels()) || { input: 0, output: 0 };
    drawLevel(byId('sent-level'), input);
    drawLevel(byId('heard-level'), output);
  }

  #follow(call: Call): void {
    this.#call = call;
    const current = (): boolean => call === this.#call;
    drawLevelWord('unknown', 'Not known yet');
    for (const id of ['mos', 'rtt', 'jitter', 'loss', 'codec', 'path', 'data']) {
      setText(byId(id), '–');
    }
    setText(byId('security'), '');
    call.on('quality-sample', ({ sample }) => current() && drawSample(sample));
    call.on('quality-changed', ({ quality, reasons }) => {
      if (!current()) return;
      const why = reasons.map((reason) => REASONS[reason]).join(', ');
      const word = { unknown: 'Not known yet', good: 'Good', fair: 'Fair', poor: 'Poor' }[quality];
      drawLevelWord(quality, why === '' ? word : `${word}: ${why}`);
    });
    const tellSecurity = (): void => {
      void call.security().then((report) => current() && drawSecurity(report));
    };
    call.on('active', tellSecurity);
    call.on('reconnected', tellSecurity);
    call.on('ended', ({ qualitySummary: summary }) => {
      if (!summary || !current()) return;
      const silent = summary.silentMs < 500 ? '' : `, silent for ${seconds(summary.silentMs)}`;
      const worst = summary.worst === 'unknown' ? '' : `, at worst ${summary.worst}`;
      drawLevelWord(
        summary.worst,
        `Over: score ${summary.mos.toFixed(1)} on average${worst}${silent}`,
      );
    });
  }
}

function drawLevelWord(level: string, text: string): void {
  byId('quality').dataset['level'] = level;
  setText(byId('quality'), text);
}

function drawSample(sample: QualitySample): void {
  const { mos, rttMs, jitterMs, lossPercent, codec, candidateType, relayed } = sample;
  const rows = {
    mos: mos.toFixed(1),
    rtt: rttMs === undefined ? '–' : `${Math.round(rttMs)} ms`,
    jitter: `${jitterMs.toFixed(0)} ms`,
    loss: `${lossPercent.toFixed(1)} %`,
    codec: codec ?? '–',
    path: relayed === undefined ? '–' : `${relayed ? 'relayed' : 'direct'} (${candidateType})`,
    data: `${sample.usedMegabytes.toFixed(2)} MB, ${sample.megabytesPerMinute.toFixed(2)} a minute`,
  };
  for (const [id, text] of Object.entries(rows)) setText(byId(id), text);
}

function drawSecurity({ verified, dtlsVersion, srtpCipher }: SecurityReport): void {
  setText(
    byId('security'),
    verified
      ? `Encrypted between this browser and the carrier: ${[dtlsVersion, srtpCipher].filter(Boolean).join(', ')}. Not in the telephone network behind it.`
      : 'Not verified: the browser does not say how the sound is encrypted.',
  );
}

function drawProblem(call: Call | undefined): void {
  const problem = call?.outcome ? undefined : call?.problem;
  byId('problem').dataset['shown'] = String(problem !== undefined);
  setText(byId('problem-text'), problem ? `${problem.summary} ${problem.remedy}` : '');
  setText(byId('problem-code'), problem?.code ?? '');
  unlock.hidden = problem?.code !== 'media/playback-blocked';
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
