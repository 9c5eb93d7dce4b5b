import { Dialer, type DialOptions } from 'everdial';
import { sandbox } from 'everdial/providers/sandbox';
import { testEnvironment } from 'everdial/testing';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { defineEverdial, EverdialElement, LauncherElement } from '../../../src/widget/index.js';
import type { StartWorks, Works, WorksHost } from '../../../src/widget/works/works.js';

beforeEach(() => {
  vi.useFakeTimers();
  // As in a browser: where calls are impossible the code is loaded at once.
  vi.stubGlobal('RTCPeerConnection', class {});
  Object.defineProperty(navigator, 'mediaDevices', { value: {}, configurable: true });
});
afterEach(() => {
  Reflect.deleteProperty(navigator, 'mediaDevices');
  document.body.replaceChildren();
  document.documentElement.removeAttribute('lang');
  vi.runAllTimers();
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

let tags = 0;

/** An element of its own with works that write down what they are told. */
function define({ failing = 0, loadMs = 0 } = {}) {
  tags += 1;
  const tag = `test-dial-${tags}`;
  const did: string[] = [];
  const hosts: WorksHost[] = [];
  let failures = failing;
  let loads = 0;
  const startWorks: StartWorks = (host): Works => {
    hosts.push(host);
    did.push('made');
    return {
      call: undefined,
      dialer: undefined,
      start: async (to) => {
        did.push(to === undefined ? 'start' : `start ${to}`);
        return undefined;
      },
      warmUp: async () => {
        did.push('warm-up');
      },
      changed: () => did.push('changed'),
      stop: () => did.push('stop'),
    };
  };
  class Element extends LauncherElement {
    static override loadWorks = async (): Promise<StartWorks> => {
      loads += 1;
      if (loadMs > 0) await new Promise((resolve) => setTimeout(resolve, loadMs));
      if (failures > 0) {
        failures -= 1;
        throw new Error('No network');
      }
      return startWorks;
    };
  }
  const register = () => customElements.define(tag, Element);
  const make = (attributes: Record<string, string> = {}) => {
    const element = document.createElement(tag) as LauncherElement;
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    document.body.append(element);
    return element;
  };
  return { tag, did, hosts, register, make, loads: () => loads };
}

const settle = () => vi.advanceTimersByTimeAsync(0);
const button = (element: Element) =>
  element.shadowRoot?.querySelector('[part=button]') as HTMLButtonElement;
const fire = (target: EventTarget, type: string) =>
  target.dispatchEvent(new Event(type, { bubbles: true, composed: true }));

describe('before any interest', () => {
  test('a button and an empty live region, and nothing is loaded', async () => {
    const { register, make, loads } = define();
    register();
    const element = make({ to: '+12025550100', label: 'Talk to us' });
    await settle();
    expect(button(element).textContent).toBe('Talk to us');
    expect(element.shadowRoot?.querySelector('[role=status]')?.textContent).toBe('');
    expect([loads(), element.call, element.dialer]).toEqual([0, undefined, undefined]);
  });

  test('its words: label, texts, language of the page, English', () => {
    const { register, make } = define();
    register();
    expect(button(make()).textContent).toBe('Call us');
    document.documentElement.lang = 'de-CH';
    const element = make();
    expect(button(element).textContent).toBe('Jetzt anrufen');
    element.texts = { call: 'Sprich mit uns' };
    expect(button(element).textContent).toBe('Sprich mit uns');
    element.label = '<b>Hallo</b>';
    expect(button(element).textContent).toBe('<b>Hallo</b>');
    expect(element.getAttribute('label')).toBe('<b>Hallo</b>');
  });

  test('a round button has its words as its name', () => {
    const { register, make } = define();
    register();
    const element = make({ size: 'round', label: 'Talk' });
    expect(button(element).getAttribute('aria-label')).toBe('Talk');
    expect(button(element).textContent?.trim()).toBe('');
    element.removeAttribute('size');
    expect(button(element).hasAttribute('aria-label')).toBe(false);
    expect(button(element).textContent).toBe('Talk');
  });

  test('properties mirror attributes', () => {
    const { register, make } = define();
    register();
    const element = make({ to: '+12025550100' });
    expect(element.to).toBe('+12025550100');
    element.to = '+12025550101';
    expect(element.getAttribute('to')).toBe('+12025550101');
    element.removeAttribute('to');
    expect([element.to, element.label]).toEqual(['', '']);
  });
});

describe('an element that is upgraded', () => {
  test('keeps the properties that were set before', async () => {
    const { register, make, hosts } = define();
    const dialer = new Dialer({ providers: [sandbox()], environment: testEnvironment() });
    const dialOptions: DialOptions = { params: { page: 'shop' } };
    const element = make();
    const before = { dialer, dialOptions, to: '+12025550100', label: 'Talk', texts: { call: 'x' } };
    Object.assign(element, before);
    register();
    customElements.upgrade(element);
    expect(Object.keys(element).filter((name) => name in before)).toEqual([]);
    expect(element.dialer).toBe(dialer);
    expect(element.getAttribute('to')).toBe('+12025550100');
    expect(button(element).textContent).toBe('Talk');
    await element.start();
    expect(hosts[0]?.dialer).toBe(dialer);
    expect(hosts[0]?.dialOptions).toBe(dialOptions);
    expect(hosts[0]?.texts).toEqual({ call: 'x' });
  });
});

describe('interest', () => {
  test.each(['pointerover', 'focusin', 'pointerdown'])(
    '%s loads once and warms up',
    async (type) => {
      const { register, make, did, loads } = define();
      register();
      const element = make();
      fire(button(element), type);
      fire(button(element), type);
      await settle();
      expect([loads(), did]).toEqual([1, ['made', 'warm-up', 'warm-up']]);
      fire(button(element), type);
      await settle();
      expect([loads(), did.at(-1)]).toEqual([1, 'warm-up']);
    },
  );

  test('a failure is silent, and the next sign loads again', async () => {
    const { register, make, did, loads } = define({ failing: 1 });
    register();
    const element = make();
    const errors: unknown[] = [];
    element.addEventListener('everdial:error', (event) => errors.push(event));
    fire(button(element), 'pointerover');
    await settle();
    expect([loads(), did, errors]).toEqual([1, [], []]);
    fire(button(element), 'pointerover');
    await settle();
    expect([loads(), did]).toEqual([2, ['made', 'warm-up']]);
  });

  test.each([
    { hours: 'Mo 09:00-10:00' },
    { variant: 'panel' },
    { variant: 'bar' },
    { variant: 'agent' },
  ])('%j loads at once', async (attributes) => {
    const { register, make, did } = define();
    register();
    make(attributes as Record<string, string>);
    await settle();
    expect(did[0]).toBe('made');
  });

  test('preload waits until the browser has nothing else to do', async () => {
    const idle: (() => void)[] = [];
    vi.stubGlobal('requestIdleCallback', (callback: () => void) => idle.push(callback));
    const { register, make, did, loads } = define();
    register();
    make({ preload: '' });
    await vi.advanceTimersByTimeAsync(10_000);
    expect([loads(), idle.length]).toEqual([0, 1]);
    idle[0]?.();
    await settle();
    expect(did[0]).toBe('made');
  });

  test('preload where a browser does not tell when it is idle: after the page’s own work', async () => {
    vi.stubGlobal('requestIdleCallback', undefined);
    const { register, make, did, loads } = define();
    register();
    make({ preload: '' });
    expect(loads()).toBe(0);
    await vi.advanceTimersByTimeAsync(1);
    expect(did[0]).toBe('made');
  });

  test.each(['RTCPeerConnection', 'mediaDevices'])(
    'without %s it is loaded at once',
    async (name) => {
      if (name === 'mediaDevices') Reflect.deleteProperty(navigator, name);
      else vi.stubGlobal(name, undefined);
      const { register, make, did } = define();
      register();
      make();
      await settle();
      expect(did[0]).toBe('made');
    },
  );
});

describe('a press', () => {
  test('loads and starts', async () => {
    const { register, make, did } = define();
    register();
    button(make()).click();
    await settle();
    expect(did).toEqual(['made', 'start']);
  });

  test('that somebody else has used does nothing', async () => {
    const { register, make, loads } = define();
    register();
    const element = make();
    element.shadowRoot?.addEventListener('click', (event) => event.preventDefault(), true);
    button(element).click();
    await settle();
    expect(loads()).toBe(0);
  });

  test('from a script, to another number', async () => {
    const { register, make, did } = define();
    register();
    await make().start('+12025550101');
    expect(did).toEqual(['made', 'start +12025550101']);
  });

  test('shows a spinner after 150 ms, until the code is there', async () => {
    const { register, make } = define({ loadMs: 400 });
    register();
    const element = make();
    const busy = () => button(element).getAttribute('aria-busy');
    const starting = element.start();
    await vi.advanceTimersByTimeAsync(149);
    expect(busy()).toBeNull();
    await vi.advanceTimersByTimeAsync(1);
    expect(busy()).toBe('true');
    await vi.advanceTimersByTimeAsync(250);
    await starting;
    expect(busy()).toBeNull();
  });

  test('shows none when it is quicker', async () => {
    const { register, make } = define({ loadMs: 100 });
    register();
    const element = make();
    void element.start();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(button(element).hasAttribute('aria-busy')).toBe(false);
  });

  test('that can not load is told, and the next one works', async () => {
    const { register, make, did } = define({ failing: 1, loadMs: 200 });
    register();
    const element = make();
    const logged = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const told: unknown[] = [];
    document.addEventListener('everdial:error', (event) => told.push(event.detail.error), {
      once: true,
    });
    const starting = element.start();
    await vi.advanceTimersByTimeAsync(200);
    expect(await starting).toBeUndefined();
    expect(told).toEqual([expect.any(Error)]);
    expect(logged).toHaveBeenCalledOnce();
    expect(button(element).hasAttribute('aria-busy')).toBe(false);
    void element.start();
    await vi.advanceTimersByTimeAsync(200);
    expect(did).toEqual(['made', 'start']);
  });
});

describe('a button of the page', () => {
  const own = (id: string) => {
    const target = document.createElement('button');
    target.id = id;
    document.body.append(target);
    return target;
  };

  test('starts instead of the own one, which is hidden', async () => {
    const { register, make, did, hosts } = define();
    register();
    const target = own('call');
    const element = make({ for: 'call' });
    expect(button(element).hidden).toBe(true);
    fire(target, 'pointerover');
    target.click();
    await settle();
    expect(did).toEqual(['made', 'warm-up', 'start']);
    expect(hosts[0]?.launcher).toBe(target);
  });

  test('another one, none, and one that does not exist', async () => {
    const { register, make, did } = define();
    register();
    const [first, second] = [own('first'), own('second')];
    const element = make({ for: 'first' });
    element.setAttribute('for', 'second');
    first.click();
    await settle();
    expect(did).toEqual([]);
    second.click();
    await settle();
    expect(did).toContain('start');
    did.length = 0;
    element.removeAttribute('for');
    second.click();
    await settle();
    expect(did).not.toContain('start');
    expect(button(make({ for: 'nowhere' })).hidden).toBe(false);
  });

  test('that comes later in the page is found', async () => {
    const { register, make, did } = define();
    register();
    const element = make({ for: 'later' });
    const target = own('later');
    document.dispatchEvent(new Event('DOMContentLoaded'));
    expect(button(element).hidden).toBe(true);
    target.append(document.createElement('b'));
    (target.firstChild as HTMLElement).click();
    await settle();
    expect(did).toContain('start');
    target.remove();
    did.length = 0;
    own('later').click();
    await settle();
    expect(did).toContain('start');
  });

  test('does nothing while the element is out of the page', async () => {
    const { register, make, did, loads } = define();
    register();
    const target = own('call');
    const element = make({ for: 'call' });
    element.remove();
    fire(target, 'pointerover');
    target.click();
    await vi.advanceTimersByTimeAsync(2_000);
    target.click();
    await settle();
    expect([loads(), did]).toEqual([0, []]);
    document.body.append(element);
    target.click();
    await settle();
    expect(did).toEqual(['made', 'start']);
  });
});

describe('changes', () => {
  test('of attributes, texts and the Dialer are passed on', async () => {
    const { register, make, did } = define();
    register();
    const element = make();
    await element.start();
    for (const change of [
      () => element.setAttribute('name', 'Support'),
      () => {
        element.texts = {};
      },
      () => {
        element.dialer = undefined;
      },
    ]) {
      did.length = 0;
      change();
      expect(did).toEqual(['changed']);
    }
  });
});

describe('removed', () => {
  test('and back within a second: the works go on', async () => {
    const { register, make, did, loads } = define();
    register();
    const element = make();
    await element.start();
    element.remove();
    await vi.advanceTimersByTimeAsync(999);
    document.body.append(element);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(did).not.toContain('stop');
    await element.start();
    expect(loads()).toBe(1);
  });

  test('for longer: they are stopped, and made anew when it is back', async () => {
    const { register, make, did, loads } = define();
    register();
    const element = make();
    await element.start();
    element.remove();
    await vi.advanceTimersByTimeAsync(999);
    expect(did).not.toContain('stop');
    await vi.advanceTimersByTimeAsync(1);
    expect(did.filter((each) => each === 'stop')).toHaveLength(1);
    did.length = 0;
    document.body.append(element);
    expect(element.shadowRoot?.querySelectorAll('[part=button]')).toHaveLength(1);
    await element.start();
    expect([loads(), did]).toEqual([1, ['made', 'start']]);
  });

  test('while the code is loaded: no works are made until it is back', async () => {
    const { register, make, did } = define({ loadMs: 5_000 });
    register();
    const element = make();
    const starting = element.start();
    await vi.advanceTimersByTimeAsync(100);
    element.remove();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await starting).toBeUndefined();
    expect([did, element.call]).toEqual([[], undefined]);
    document.body.append(element);
    await element.start();
    expect(did).toEqual(['made', 'start']);
  });

  test('moved again and again, each time for a moment', async () => {
    const { register, make, did } = define();
    register();
    const element = make();
    await element.start();
    for (let move = 0; move < 4; move += 1) {
      element.remove();
      await vi.advanceTimersByTimeAsync(600);
      document.body.append(element);
      await vi.advanceTimersByTimeAsync(600);
    }
    expect(did).not.toContain('stop');
  });
});

describe('defineEverdial', () => {
  test('registers once under each tag and may be called again', () => {
    defineEverdial({ tag: 'ever-one' });
    defineEverdial({ tag: 'ever-one' });
    defineEverdial({ tag: 'ever-two' });
    const [one, two] = ['ever-one', 'ever-two'].map((tag) => document.createElement(tag));
    expect(one).toBeInstanceOf(EverdialElement);
    expect(two).toBeInstanceOf(EverdialElement);
  });

  test('the works of the element are real ones', async () => {
    const startWorks = await EverdialElement.loadWorks();
    expect(startWorks).toBeTypeOf('function');
  });
});

test('on a server importing and defining do no harm', async () => {
  for (const name of ['HTMLElement', 'customElements', 'document', 'window', 'navigator']) {
    vi.stubGlobal(name, undefined);
  }
  vi.resetModules();
  const widget = await import('../../../src/widget/index.js');
  expect(widget.EverdialElement).not.toBe(EverdialElement);
  expect(() => widget.defineEverdial()).not.toThrow();
  await expect(import('../../../src/widget/define.js')).resolves.toBeDefined();
  vi.unstubAllGlobals();
});
