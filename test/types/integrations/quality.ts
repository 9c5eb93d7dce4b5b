// A quality meter, level meters, and a banner for calls without sound.
import type { Call, Dialer, QualityLevel } from 'everdial';

const bars: Record<QualityLevel, number> = { unknown: 0, poor: 1, fair: 2, good: 3 };

export function showQuality(dialer: Dialer, call: Call, ui: QualityView): void {
  call.on('quality-changed', ({ quality, reasons }) =>
    ui.setBars(bars[quality], reasons.join(', ')),
  );
  call.on('quality-sample', ({ sample: { mos, rttMs, lossPercent } }) => {
    ui.setDetails(`MOS ${mos.toFixed(1)}, ${rttMs ?? '–'} ms, ${lossPercent} %`);
  });
  call.on('problem-changed', ({ problem }) => {
    ui.setBanner(problem?.remedy ?? '');
    if (problem?.code === 'media/playback-blocked') ui.offerUnlock(() => dialer.audio.unlock());
  });

  const draw = () => {
    if (call.state === 'ended') return;
    const { input, output } = call.levels();
    ui.setLevels(input, output);
    requestAnimationFrame(draw);
  };
  draw();

  call.on('ended', ({ qualitySummary: summary }) => {
    if (summary)
      console.info(
        `MOS ${summary.mos.toFixed(1)}, worst ${summary.worst}, silent for ${summary.silentMs} ms`,
      );
  });
}

interface QualityView {
  setBars(count: number, why: string): void;
  setDetails(text: string): void;
  setBanner(text: string): void;
  setLevels(input: number, output: number): void;
  offerUnlock(press: () => Promise<boolean>): void;
}
