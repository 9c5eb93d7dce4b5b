import {
  SAYS,
  type Script,
  type ScriptedLeg,
  type ScriptedProvider,
  scripted,
} from '../failover/scripted-provider.js';
import { NUMBER, type StageOptions, stage } from './dialer-stage.js';

/** The names of a stream's tracks. Silence has none. */
export const labelsOf = (stream: MediaStream | undefined) =>
  stream?.getAudioTracks().map(({ label }) => label);

/** What {@link labelsOf} and a replaced track say of the fake microphone. */
export const REAL = 'Fake microphone';
/** The same of silence. */
export const SILENCE = '';

/** How the legs of a test behave. */
export interface SlowScripts {
  readonly first?: Script;
  readonly second?: Script;
  /** How often the first route's leg refuses another track. */
  readonly refusals?: number;
}

/** Two scripted routes, a microphone that comes when the test says so, and notes of what the media was asked for. */
export function slowStage(
  { first: script = {}, second: other = {}, refusals = 0 }: SlowScripts = {},
  options: StageOptions = {},
) {
  /** Tracks that legs were given in place of the first, with the route and the time. */
  const replaced: { readonly route: string; readonly track: MediaStreamTrack; atMs: number }[] = [];
  const offered: number[] = [];
  let left = refusals;
  const watched = (route: string, inner: Script): ScriptedProvider =>
    scripted({
      route,
      capabilities: { confirmsHangup: true },
      onHangup: (leg) => leg.say(SAYS.confirmed),
      ...inner,
      onDial(leg: ScriptedLeg) {
        leg.replaceTrack = async (track) => {
          offered.push(set.clock.monotonicNow());
          if (left > 0) {
            left -= 1;
            throw new Error('no sender yet');
          }
          if (track) replaced.push({ route, track, atMs: set.clock.monotonicNow() });
        };
        inner.onDial?.(leg);
      },
    });
  const first = watched('first', script);
  const second = watched('second', other);
  const set = stage([first, second], options);
  const { media, dialer } = set;
  /** What the browser gave out: each opened microphone, and each silence. */
  const opened: MediaStream[] = [];
  const silences: MediaStream[] = [];
  const { getUserMedia, silence } = media;
  let asked = 0;
  media.getUserMedia = async (constraints) => {
    asked += 1;
    const stream = await getUserMedia(constraints);
    opened.push(stream);
    return stream;
  };
  media.silence = async (until) => {
    const stream = await silence?.(until);
    if (stream) silences.push(stream);
    return stream;
  };
  return {
    ...set,
    first,
    second,
    replaced,
    /** When a leg was offered another track, whether it took it or not. */
    offered,
    opened,
    silences,
    asked: () => asked,
    refuse: (times: number) => {
      left = times;
    },
    dial: (dial = {}) => dialer.dial(NUMBER, dial),
    /** Calls with a microphone that takes longer than anybody waits, until the call is sent. */
    async sentInSilence(dial = {}) {
      const give = media.delayMicrophone();
      const call = dialer.dial(NUMBER, dial);
      await set.clock.advance(100);
      return { call, give, leg: first.leg };
    },
    /** What is live of that which was opened for calls. */
    live: () =>
      [
        ...opened,
        ...silences,
        ...[...first.legs, ...second.legs].map(({ request }) => request.stream),
      ]
        .flatMap((stream) => stream?.getTracks() ?? [])
        .filter(({ readyState }) => readyState === 'live').length,
  };
}

/** Ends a call, and looks whether it has left anything. */
export async function endCall(
  { clock, media }: Pick<ReturnType<typeof slowStage>, 'clock' | 'media'>,
  call: { hangup(): Promise<{ readonly media: { readonly liveTracks: number } }> },
) {
  const outcome = await clock.until(call.hangup());
  return [outcome.media.liveTracks, media.liveTracks];
}
