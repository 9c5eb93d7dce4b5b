import { systemClock } from '../core/clock.js';
import type { Tone } from '../core/environment.js';
import { type SharedAudio, sinkName } from './shared-audio.js';
import { startElement } from './sound-player.js';

/** Cycles that an endless tone is laid down for: an hour of ringing. */
const MAX_CYCLES = 600;
/** Seconds in which a tone comes and goes by two thirds: slow enough for no click. */
const FADE_S = 0.005;
/** Seconds until nothing is left of a tone that fades. */
const GONE_S = 0.05;
/** Milliseconds for the context to start and finish: a context that is just being woken begins later than asked. */
const GRACE_MS = 500;

/**
 * Makes the function that plays tones with oscillators (no files, so no Content-Security-Policy in the way) on the shared
 * context. Silent where the browser has none or keeps the page silent. It returns the function that stops the tone.
 */
export function createTonePlayer(shared: SharedAudio): (tone: Tone, sinkId?: string) => () => void {
  return (tone, sinkId) => {
    const context = shared.context();
    if (!context) return () => undefined;
    const release = shared.hold();
    const output = openOutput(context, sinkName(sinkId ?? shared.sink));
    const gain = context.createGain();
    gain.gain.value = 0;
    gain.connect(output.node);
    const endsAt = layDown(gain.gain, tone, context.currentTime);
    const oscillators = tone.frequenciesHz.map((frequency) => {
      const oscillator = context.createOscillator();
      oscillator.frequency.value = frequency;
      oscillator.connect(gain);
      oscillator.start();
      return oscillator;
    });

    let cancelTimer: () => void = () => undefined;
    // A timer, not the `ended` event: that never comes from a context that is not allowed to run.
    const endAt = (time: number, graceMs: number) => {
      for (const oscillator of oscillators) oscillator.stop(time + GONE_S);
      cancelTimer();
      cancelTimer = systemClock.setTimer(
        () => {
          for (const node of [...oscillators, gain]) node.disconnect();
          output.close();
          release();
        },
        (time + GONE_S - context.currentTime) * 1000 + graceMs,
      );
    };
    if (endsAt !== undefined) endAt(endsAt, GRACE_MS);
    let stopped = false;
    return () => {
      if (stopped) return;
      stopped = true;
      const now = context.currentTime;
      gain.gain.cancelScheduledValues(now);
      gain.gain.setTargetAtTime(0, now, FADE_S);
      endAt(now, 0);
    };
  };
}

/**
 * The whole pattern is laid down at once on the audio clock: no timer of ours ticks while it rings.
 * @returns when it ends, seconds on the audio clock; `undefined`: not by itself.
 */
function layDown(gain: AudioParam, tone: Tone, from: number): number | undefined {
  const { cadenceMs, cycles } = tone;
  const loud = tone.level / tone.frequenciesHz.length;
  let at = from;
  if (cadenceMs.length === 0) gain.setTargetAtTime(loud, at, FADE_S);
  for (let cycle = 0; cycle < (cycles ?? MAX_CYCLES); cycle += 1) {
    for (const [index, ms] of cadenceMs.entries()) {
      gain.setTargetAtTime(index % 2 === 0 ? loud : 0, at, FADE_S);
      at += ms / 1000;
    }
  }
  if (cycles === undefined) return undefined;
  gain.setTargetAtTime(0, at, FADE_S);
  return at;
}

/** Where a context plays: Chromium tells, elsewhere it is always the system's choice. */
function sinkOf(context: AudioContext): string {
  return (context as { readonly sinkId?: string }).sinkId ?? '';
}

/** A context has one output; what is to be heard on another one goes through an element. */
function openOutput(context: AudioContext, sink: string) {
  if (sink === sinkOf(context)) return { node: context.destination, close: () => undefined };
  const node = context.createMediaStreamDestination();
  const element = new Audio();
  element.srcObject = node.stream;
  startElement(element, sink)
    // The speaker is gone: rather on another one than not at all.
    .catch(() => startElement(element, undefined))
    .catch(() => undefined);
  return {
    node,
    close() {
      element.pause();
      element.srcObject = null;
    },
  };
}
