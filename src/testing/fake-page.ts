import type { PageEnvironment, PageMoment } from '../core/environment.js';

/** A page that is not there, with what happens to it and what was asked of it. */
export interface FakePage {
  /** What the Dialer is given. */
  readonly environment: PageEnvironment;
  /** Lets something happen to it. */
  tell(moment: PageMoment): void;
  /** Brings it into view. */
  show(): void;
  /** Presses a key; throws when no call is shown. */
  pressMediaKey(key: 'hangup' | 'togglemicrophone'): void;
  /** Whether the browser would ask before it is left. */
  readonly asksBeforeLeaving: boolean;
  /** Whether the screen is kept on. */
  readonly screenKeptOn: boolean;
  /** Whether sound is known as a conversation. */
  readonly callAudioHinted: boolean;
  /** The call that is shown. */
  readonly callControls: { readonly muted: boolean } | undefined;
}

/** Makes a {@link FakePage}. */
export function createFakePage(): FakePage {
  const onMoment = createEntries<(moment: PageMoment) => void>();
  const onVisible = createEntries<() => void>();
  const confirmations = createEntries<object>();
  const screenLocks = createEntries<object>();
  const hints = createEntries<object>();
  let shown: (Parameters<PageEnvironment['offerCallControls']>[0] & { muted: boolean }) | undefined;
  return {
    environment: {
      onMoment: (callback) => onMoment.add((moment) => callback(moment)),
      confirmLeave: () => confirmations.add({}),
      onVisible: (callback) => onVisible.add(() => callback()),
      keepScreenOn: () => screenLocks.add({}),
      hintCallAudio: () => hints.add({}),
      offerCallControls(call) {
        const controls = { ...call };
        shown = controls;
        return {
          update(muted) {
            controls.muted = muted;
          },
          // As in a browser: there is one place for a call, and it is cleared whoever took it last.
          stop() {
            shown = undefined;
          },
        };
      },
    },
    tell(moment) {
      for (const callback of onMoment.all()) callback(moment);
    },
    show() {
      for (const callback of onVisible.all()) callback();
    },
    pressMediaKey(key) {
      if (!shown) throw new Error('The system shows no call');
      if (key === 'hangup') shown.hangup();
      else shown.toggleMute();
    },
    get asksBeforeLeaving() {
      return confirmations.all().length > 0;
    },
    get screenKeptOn() {
      return screenLocks.all().length > 0;
    },
    get callAudioHinted() {
      return hints.all().length > 0;
    },
    get callControls() {
      return shown && { muted: shown.muted };
    },
  };
}

/** Entries that come with the function that takes them out again. */
function createEntries<Entry>() {
  const entries = new Set<Entry>();
  return {
    all: () => [...entries],
    add(entry: Entry) {
      entries.add(entry);
      return () => {
        entries.delete(entry);
      };
    },
  };
}
