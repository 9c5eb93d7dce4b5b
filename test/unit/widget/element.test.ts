import { Dialer, type DialOptions } from 'everdial';
import { sandbox } from 'everdial/providers/sandbox';
import { testEnvironment } from 'everdial/testing';
import { describe, expect, test, vi } from 'vitest';
import { defineEverdial, EverdialElement } from '../../../src/widget/index.js';
import { button, define, fire, settle } from './element-fixture.js';

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
