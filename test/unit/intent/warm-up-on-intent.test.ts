import { describe, expect, it, vi } from 'vitest';
import { savesData } from '../../../src/intent/saves-data.js';
import { warmUpOnIntent } from '../../../src/intent/warm-up-on-intent.js';
import { NUMBER, stage } from '../dialer/dialer-stage.js';
import { answers } from '../failover/broken-route.js';
import { scripted } from '../failover/scripted-provider.js';
import { FakeObserver, happen, observer, stubObserver, watchButton } from './intent-stage.js';

const EVERY_SIGN = ['pointerenter', 'focusin', 'touchstart', 'pointerdown'] as const;

/** Happy DOM adds listeners whose signal has aborted; browsers do not (DOM, "add an event listener"). */
function refuseAbortedSignals(): void {
  let prototype: EventTarget = HTMLElement.prototype;
  while (!Object.hasOwn(prototype, 'addEventListener')) {
    prototype = Object.getPrototypeOf(prototype);
  }
  const add = prototype.addEventListener;
  vi.spyOn(prototype, 'addEventListener').mockImplementation(function (this: EventTarget, ...all) {
    const [, , options] = all;
    if (typeof options !== 'object' || !options.signal?.aborted) add.apply(this, all);
  });
}

describe('a sign that somebody is about to call', () => {
  it('costs nothing before it comes', async () => {
    const { asked, clock } = watchButton();
    await clock.advance(60_000);
    expect([asked, clock.pendingTimers]).toEqual([[], 0]);
  });

  it.each(['pointerenter', 'focusin', 'touchstart'])('is %s: no microphone', (type) => {
    const { button, asked } = watchButton();
    happen(button, type);
    expect(asked).toEqual([{}]);
  });

  it('is a press: with the microphone', () => {
    const { button, asked, presses } = watchButton();
    happen(button, 'pointerdown');
    expect([asked.map(({ microphone }) => microphone), presses()]).toEqual([[true], [true]]);
  });

  it('is one that happens inside the button', () => {
    const { button, asked } = watchButton();
    const icon = button.querySelector('span') ?? button;
    for (const type of ['focusin', 'touchstart', 'pointerdown']) happen(icon, type);
    expect(asked).toHaveLength(3);
  });

  it('is none that happens elsewhere', () => {
    const { section, asked } = watchButton();
    for (const type of EVERY_SIGN) happen(section, type);
    expect(asked).toEqual([]);
  });

  it('is a press without the microphone where the application wants that', () => {
    const { button, asked } = watchButton({ microphone: false });
    happen(button, 'pointerdown');
    expect(asked.map(({ microphone }) => microphone)).toEqual([false]);
  });

  it('does not keep the page from what it does itself', () => {
    const { button } = watchButton();
    const event = new Event('touchstart', { bubbles: true, cancelable: true });
    button.dispatchEvent(event);
    expect(event.defaultPrevented).toBe(false);
  });

  it('comes as often as it comes: connections that closed meanwhile are opened again', () => {
    const { button, asked } = watchButton();
    for (let count = 0; count < 3; count += 1) happen(button, 'pointerenter');
    expect(asked).toHaveLength(3);
  });
});

describe('where every byte counts', () => {
  it('only a press is sign enough', async () => {
    const { button, asked, clock } = watchButton({ savesData: () => true });
    happen(button, 'pointerenter');
    happen(button, 'focusin');
    observer().see(true);
    await clock.advance(10_000);
    expect(asked).toEqual([]);
    happen(button, 'pointerdown');
    happen(button, 'touchstart');
    expect(asked).toHaveLength(2);
  });

  it('is asked at each sign, as people come home to their wireless network', () => {
    let saving = true;
    const { button, asked } = watchButton({ savesData: () => saving });
    happen(button, 'pointerenter');
    saving = false;
    happen(button, 'pointerenter');
    expect(asked).toHaveLength(1);
  });

  it.each([
    ['Save-Data', { saveData: true }, true],
    ['a mobile network', { saveData: false, type: 'cellular' }, true],
    ['a cable', { saveData: false, type: 'ethernet' }, false],
    ['a browser that knows no more', { saveData: false }, false],
    ['a browser that tells nothing', undefined, false],
  ])('is known by the browser: %s', (_name, connection, expected) => {
    vi.stubGlobal('navigator', Object.assign(Object.create(navigator), { connection }));
    expect(Boolean(savesData())).toBe(expected);
    const { button, asked } = watchButton({ savesData: undefined });
    happen(button, 'pointerenter');
    expect(asked).toHaveLength(expected ? 0 : 1);
  });
});

describe('a press', () => {
  it.each([
    ['that becomes a scroll', 'button', 'pointercancel'],
    ['that ends elsewhere', 'section', 'pointerup'],
    ['that ends outside the page’s elements', 'document', 'pointerup'],
  ] as const)('%s gives the microphone back', (_name, where, type) => {
    const { button, section, presses } = watchButton();
    happen(button, 'pointerdown');
    happen({ button, section, document }[where], type);
    expect(presses()).toEqual([false]);
  });

  it('that ends on the button, or on something in it, does not', () => {
    const { button, presses } = watchButton();
    happen(button, 'pointerdown');
    happen(button, 'pointerup');
    happen(button.querySelector('span') ?? button, 'pointerup');
    expect(presses()).toEqual([true]);
  });

  it('takes the place of the one before', () => {
    const { button, presses, section } = watchButton();
    happen(button, 'pointerdown');
    happen(button, 'pointerdown');
    expect(presses()).toEqual([false, true]);
    happen(section, 'pointerup');
    expect(presses()).toEqual([false, false]);
  });

  it('on a button in a shadow root ends on it, too', () => {
    stubObserver();
    const host = document.body.appendChild(document.createElement('div'));
    const button = host
      .attachShadow({ mode: 'open' })
      .appendChild(document.createElement('button'));
    const signals: (AbortSignal | undefined)[] = [];
    const stop = warmUpOnIntent(
      {
        warmUp: async ({ signal } = {}) => {
          signals.push(signal);
        },
      },
      button,
    );
    happen(button, 'pointerdown');
    happen(button, 'pointerup');
    expect(signals[0]?.aborted).toBe(false);
    happen(host, 'pointerup');
    expect(signals[0]?.aborted).toBe(true);
    stop();
  });
});

describe('the end of it', () => {
  const endings = {
    'the returned function': () => {
      const set = watchButton();
      return { ...set, end: set.stop };
    },
    'the signal': () => {
      const controller = new AbortController();
      return { ...watchButton({ signal: controller.signal }), end: () => controller.abort() };
    },
  };

  it.each(Object.entries(endings))('by %s leaves nothing that listens', async (_name, begin) => {
    const { button, section, asked, presses, clock, end } = begin();
    happen(button, 'pointerdown');
    observer().see(true);
    expect(clock.pendingTimers).toBe(1);
    end();
    expect([presses(), clock.pendingTimers, FakeObserver.all.size]).toEqual([[false], 0, 0]);
    for (const type of EVERY_SIGN) happen(button, type);
    happen(section, 'pointerup');
    await clock.advance(60_000);
    expect(asked).toHaveLength(1);
    expect(end).not.toThrow();
  });

  it('before it began is never begun', async () => {
    refuseAbortedSignals();
    const { button, asked, clock } = watchButton({ signal: AbortSignal.abort() });
    for (const type of EVERY_SIGN) happen(button, type);
    await clock.advance(60_000);
    expect([asked, FakeObserver.all.size]).toEqual([[], 0]);
  });

  it('leaves every listener that it took, and takes none twice', () => {
    const listening = new Set<string>();
    const note = (target: EventTarget, name: string) => {
      const add = target.addEventListener.bind(target);
      vi.spyOn(target, 'addEventListener').mockImplementation((type, listener, options) => {
        const key = `${name} ${type}`;
        expect(listening).not.toContain(key);
        listening.add(key);
        const { signal } = options as AddEventListenerOptions;
        signal?.addEventListener('abort', () => listening.delete(key));
        add(type, listener, options);
      });
    };
    stubObserver();
    const button = document.body.appendChild(document.createElement('button'));
    note(button, 'button');
    note(document, 'document');
    const stop = warmUpOnIntent({ warmUp: async () => undefined }, button);
    expect(listening.size).toBe(6);
    stop();
    expect([...listening]).toEqual([]);
  });
});

describe('with a Dialer', () => {
  function setUp(warmUp?: boolean) {
    stubObserver();
    const provider = scripted({ ...answers, token: 'required' });
    let tokens = 0;
    const set = stage([provider], {
      ...(warmUp !== undefined && { warmUp }),
      getToken: () => {
        tokens += 1;
        return 'token';
      },
    });
    const { media } = set;
    const used: string[] = [];
    for (const name of ['getUserMedia', 'enumerateDevices', 'microphonePermission'] as const) {
      const inner = media[name] as (...args: unknown[]) => unknown;
      Object.assign(media, {
        [name]: (...args: unknown[]) => {
          used.push(name);
          return inner(...args);
        },
      });
    }
    media.warmUp = async () => {
      used.push('warmUp');
    };
    const button = document.body.appendChild(document.createElement('button'));
    const stop = warmUpOnIntent(set.dialer, button, {
      clock: set.clock,
      savesData: () => false,
    });
    return { ...set, provider, button, stop, used, tokens: () => tokens };
  }

  it('a sign opens the connection, a press the microphone, the click takes both', async () => {
    const { button, clock, dialer, provider, media, used, tokens, stop, expectNothingLeft } =
      setUp();
    happen(button, 'pointerenter');
    await clock.advance(0);
    expect([dialer.status, provider.openSessions, media.liveTracks, tokens()]).toEqual([
      'ready',
      1,
      0,
      1,
    ]);
    happen(button, 'pointerdown');
    await clock.advance(80);
    expect(media.liveTracks).toBe(1);
    happen(button, 'pointerup');
    const call = dialer.dial(NUMBER);
    await clock.until(call.when('active'));
    expect(used.filter((name) => name === 'getUserMedia')).toHaveLength(1);
    expect([provider.contexts.length, clock.monotonicNow()]).toEqual([1, 80]);
    await clock.until(call.hangup());
    stop();
    await expectNothingLeft();
  });

  it('that prepares nothing, no sign does anything at all', async () => {
    const { button, clock, dialer, provider, used, tokens, lines } = setUp(false);
    for (const type of EVERY_SIGN) happen(button, type);
    observer().see(true);
    await clock.advance(60_000);
    expect([provider.loads, provider.contexts.length, tokens(), used, lines]).toEqual([
      0,
      0,
      0,
      [],
      [],
    ]);
    expect([dialer.status, clock.pendingTimers]).toEqual(['idle', 0]);
    await clock.until(dialer.dial(NUMBER).when('active'));
  });
});
