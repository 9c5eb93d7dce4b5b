import type { PageEnvironment, PageMoment } from '../core/environment.js';
import { allowedByPolicy } from './allowed-by-policy.js';

/** Which event of the browser tells which moment. `unload` is not among them: it is unreliable and costs the page its place in the back-forward cache. */
const MOMENTS = {
  pagehide: 'left',
  freeze: 'frozen',
  pageshow: 'back',
  resume: 'back',
} as const satisfies Record<string, PageMoment>;

/** The page's life as the browser tells it (HTML 7.4 and the Page Lifecycle draft). On a server nothing happens to it. */
export function browserPage(): PageEnvironment {
  return {
    onMoment: (callback) =>
      listen(Object.keys(MOMENTS), (event) => {
        const type = event.type as keyof typeof MOMENTS;
        // The first `pageshow` of a page is no return.
        if (type !== 'pageshow' || (event as PageTransitionEvent).persisted)
          callback(MOMENTS[type]);
      }),
    confirmLeave: () =>
      listen(['beforeunload'], (event) => {
        event.preventDefault();
        // Chrome before 119 looks at nothing else.
        event.returnValue = true;
      }),
    onVisible,
    keepScreenOn() {
      let lock: WakeLockSentinel | undefined;
      let stopped = false;
      const held = () => lock?.released === false;
      const ask = () =>
        quietly(async () => {
          // Chromium writes a refusal into the console of the page, for every call.
          if (held() || !allowedByPolicy('screen-wake-lock')) return;
          const got = await globalThis.navigator?.wakeLock?.request('screen');
          // Over meanwhile, or asked twice.
          if (stopped || held()) await got?.release();
          else lock = got;
        });
      ask();
      // The browser takes the lock back whenever the page is out of view.
      const stopWatching = onVisible(ask);
      return () => {
        stopped = true;
        stopWatching();
        quietly(() => lock?.release());
      };
    },
    offerCallControls({ hangup, toggleMute, muted }) {
      const session = globalThis.navigator?.mediaSession as CallSession | undefined;
      const before = session?.metadata ?? null;
      const handle = (action: string, handler: (() => void) | null) =>
        quietly(() => session?.setActionHandler(action, handler));
      const showMuted = (isMuted: boolean) =>
        quietly(() => session?.setMicrophoneActive?.(!isMuted));
      handle('hangup', () => hangup());
      handle('togglemicrophone', () => toggleMute());
      quietly(() => {
        // Shown on lock screens, for everybody to see: no number and no name.
        if (session) session.metadata = new MediaMetadata({ title: 'Call' });
      });
      showMuted(muted);
      return {
        update: showMuted,
        stop() {
          handle('hangup', null);
          handle('togglemicrophone', null);
          showMuted(true);
          if (session) session.metadata = before;
        },
      };
    },
    hintCallAudio() {
      const { audioSession } = (globalThis.navigator ?? {}) as { audioSession?: { type: string } };
      if (!audioSession) return () => undefined;
      const before = audioSession.type;
      audioSession.type = 'play-and-record';
      return () => {
        audioSession.type = before;
      };
    },
  };
}

/** The part of `MediaSession` that is for calls; an action that a browser does not know throws. */
interface CallSession {
  metadata: MediaMetadata | null;
  setActionHandler(action: string, handler: (() => void) | null): void;
  setMicrophoneActive?(active: boolean): unknown;
}

function onVisible(callback: () => void): () => void {
  return listen(['visibilitychange'], () => {
    if (document.visibilityState === 'visible') callback();
  });
}

/** These are favours of the browser: a call goes on without them. */
function quietly(run: () => unknown): void {
  (async () => run())().catch(() => undefined);
}

function listen(types: readonly string[], listener: (event: Event) => void): () => void {
  const gone = new AbortController();
  for (const type of types) {
    // `freeze` and `resume` happen to the document and do not bubble.
    globalThis.addEventListener?.(type, listener, { capture: true, signal: gone.signal });
  }
  return () => gone.abort();
}
