import type { Tone } from '../core/environment.js';
import { sleep } from '../core/wait.js';
import { DialerError } from '../errors/dialer-error.js';
import { CallMicrophone } from '../media/microphone.js';
import type { CheckList, Finding } from './check-list.js';
import { deviceClass } from './device-class.js';
import type { DiagnosticsHost } from './diagnostics-host.js';

/** How long the person has to speak, milliseconds. */
const SPEAK_MS = 5_000;
/** How often the level is read, milliseconds. */
const READ_MS = 100;
/** From this level on somebody is heard (-40 dB of full scale) … */
const HEARD_LEVEL = 0.01;
/** … if it is there this often: a click of the plug is not a voice. */
const HEARD_TIMES = 3;

const TONE_MS = 1_000;
const TEST_TONE: Tone = { frequenciesHz: [440], cadenceMs: [], level: 0.1 };

/** Opens the microphone, listens to it if that is wanted, and releases it. */
export async function checkMicrophone(
  list: CheckList,
  host: DiagnosticsHost,
  possible: boolean,
): Promise<void> {
  const { environment, audio } = host;
  const { media, clock } = environment;
  const microphone = new CallMicrophone({
    media,
    clock,
    source: audio,
    // The check's own deadline is shorter.
    permissionMs: 60_000,
    recoverMs: 0,
    input: 'microphone',
    replaceTrack: async () => undefined,
    onProblem: () => undefined,
  });
  try {
    const opened = await list.run('microphone', undefined, possible, async () => {
      await microphone.open();
      const { track } = microphone;
      const sampleRate = track?.getSettings().sampleRate;
      return {
        data: { device: deviceClass(track?.label ?? ''), ...(sampleRate && { sampleRate }) },
      };
    });
    // Released only now: some browsers would ask again.
    await list.run('microphone-sound', undefined, opened, async (signal) => {
      await microphone.open();
      return listen(host, microphone.track, signal);
    });
  } finally {
    microphone.release();
  }
}

/** Plays a tone. Whether it was heard only the person can tell. */
export async function checkSpeaker(
  list: CheckList,
  { environment: { media, clock }, audio }: DiagnosticsHost,
  possible: boolean,
): Promise<void> {
  await list.run('speaker', undefined, possible, async (signal) => {
    if (!(await media.unlock())) throw new DialerError('media/playback-blocked');
    signal.throwIfAborted();
    const { output } = audio.snapshot;
    const stop = media.playTone(TEST_TONE, output?.id);
    try {
      await sleep(clock, TONE_MS, signal);
    } finally {
      stop();
    }
    return { data: { device: output ? deviceClass(output.label) : 'default' } };
  });
}

async function listen(
  { environment: { media, clock } }: DiagnosticsHost,
  track: MediaStreamTrack | undefined,
  signal: AbortSignal,
): Promise<Finding> {
  if (!track) throw new DialerError('media/silent-microphone');
  // A page that must not make sound does not measure any either.
  const mayMeasure = media.unlock();
  const meter = media.measureLevel(track);
  let loudest = 0;
  let heard = 0;
  try {
    for (let waitedMs = 0; heard < HEARD_TIMES && waitedMs < SPEAK_MS; waitedMs += READ_MS) {
      await sleep(clock, READ_MS, signal);
      const { level } = meter;
      loudest = Math.max(loudest, level);
      if (level >= HEARD_LEVEL) heard += 1;
    }
  } finally {
    meter.stop();
  }
  const data = { loudest: Math.round(loudest * 1_000) / 1_000 };
  if (heard >= HEARD_TIMES) return { data };
  if (loudest > 0 || !(await mayMeasure)) {
    // Some noise: the microphone works, and perhaps nobody spoke.
    const code = loudest > 0 ? 'media/silent-microphone' : 'media/playback-blocked';
    return { status: 'warning', error: new DialerError(code), data };
  }
  return { status: 'failed', error: new DialerError('media/silent-microphone'), data };
}
