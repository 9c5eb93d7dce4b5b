import { Dialer, DialerError } from 'everdial';
import { type SandboxOptions, type SandboxProvider, sandbox } from 'everdial/providers/sandbox';
import { type TestEnvironmentOptions, testEnvironment } from 'everdial/testing';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { h } from '../../../../src/widget/dom/h.js';
import { addProviderNames } from '../../../../src/widget/provider-names.js';
import { Controller } from '../../../../src/widget/works/controller.js';
import type { WorksHost } from '../../../../src/widget/works/works.js';
import { FakeConnection } from '../../quality/fake-connection.js';

const TO = '+12025550100';

addProviderNames({
  'desk-one': () => sandbox({ route: 'one' }),
  'desk-two': () => sandbox({ route: 'two' }),
});
const open: Controller[] = [];

beforeEach(() => {
  vi.stubGlobal(
    'RTCPeerConnection',
    class {
      close = () => undefined;
    },
  );
  vi.stubGlobal('isSecureContext', true);
  const value = Object.assign(new EventTarget(), {
    getUserMedia: () => new Promise(() => undefined),
    enumerateDevices: async () => [],
  });
  Object.defineProperty(navigator, 'mediaDevices', { value, configurable: true });
});
afterEach(() => {
  for (const controller of open.splice(0)) controller.stop();
  document.body.replaceChildren();
  Reflect.deleteProperty(navigator, 'mediaDevices');
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** A connection that tells statistics, for a line without sound. */
class MeasuredConnection extends FakeConnection {
  addEventListener(): void {}
  removeEventListener(): void {}
}

/** The same line, whose calls have a connection at which something can be measured. */
const measured = (line: SandboxProvider): SandboxProvider => ({
  ...line,
  open: async (context) => {
    const session = await line.open(context);
    return {
      ...session,
      close: () => session.close(),
      dial: (request, report) => {
        const leg = session.dial(request, report);
        const connection: unknown = new MeasuredConnection(context.clock);
        report({ type: 'peer-connection', connection: connection as RTCPeerConnection });
        return leg;
      },
    };
  },
});

interface Furniture extends TestEnvironmentOptions {
  readonly provider?: SandboxOptions;
  readonly measure?: boolean;
}

function furnish(
  attributes: Record<string, string> = {},
  { provider, measure, ...rest }: Furniture = {},
) {
  const environment = testEnvironment(rest);
  const line = sandbox(provider);
  const dialer = new Dialer({
    providers: [measure ? measured(line) : line],
    environment,
    logLevel: 'error',
    audio: { recoverMs: 60_000 },
  });
  const element = h('div', { to: TO, ...attributes });
  const root = element.attachShadow({ mode: 'open' });
  const button = document.createElement('button');
  const live = h('div');
  root.append(button, live);
  document.body.append(element);
  const host: { -readonly [Name in keyof WorksHost]: WorksHost[Name] } = {
    element,
    root,
    live,
    button,
    launcher: button,
    dialer,
    dialOptions: {},
    texts: {},
    drawLauncher: () => undefined,
  };
  const controller = new Controller(host, environment.clock);
  open.push(controller);
  const { clock, media } = environment;
  const scene = async (advanceMs = 0) => {
    await clock.advance(advanceMs);
    return element.dataset['scene'];
  };
  const press = (act: string) =>
    root.querySelector<HTMLElement>(`.panel [data-act=${act}]`)?.click();
  const told: unknown[] = [];
  element.addEventListener('everdial:error', (event) => {
    told.push((event as CustomEvent).detail.error);
  });
  return { clock, media, line, element, root, host, live, controller, scene, press, told };
}

test('a call from press to end: scenes, state, what is said, and nothing left behind', async () => {
  const { clock, controller, element, live, media, press, scene } = furnish();
  expect(await scene()).toBe('idle');
  expect(element.dataset['state']).toBe('idle');
  await controller.start();
  expect(await scene(500)).toBe('ringing');
  expect(element.dataset['state']).toBe('ringing');
  expect(await scene(2_500)).toBe('talking');
  await clock.advance(500);
  expect(live.textContent).toBe('Connected. You can talk now.');
  press('hangup');
  expect(await scene(1_000)).toBe('ended');
  expect(live.textContent).toContain('Your microphone is off.');
  expect(media.liveTracks).toBe(0);
  controller.stop();
  expect([element.dataset['scene'], element.dataset['state']]).toEqual([undefined, undefined]);
});

test('a value that is not possible is told once, another one again', async () => {
  const warned = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  const { controller, element, told } = furnish({ variant: 'modal' });
  controller.changed();
  controller.changed();
  expect(warned).toHaveBeenCalledOnce();
  expect(warned.mock.calls[0]?.[0]).toContain('variant');
  element.setAttribute('variant', 'popup');
  controller.changed();
  controller.changed();
  expect(warned).toHaveBeenCalledTimes(2);
  expect(told).toEqual([expect.any(DialerError)]);
  expect(told).toEqual([expect.objectContaining({ code: 'config/invalid-option' })]);
});

describe('out of hours', () => {
  // The clock stands at Thursday, 0:00.
  const closed = { hours: 'Mo 09:00-10:00', 'time-zone': 'UTC' };

  test('nobody is called, and that is said, also by a press before the hours were read', async () => {
    const { controller, live } = furnish(closed);
    expect(await controller.start()).toBeUndefined();
    expect(live.textContent).toBe('Closed now. Opens Monday at 9:00');
    expect(controller.call).toBeUndefined();
  });

  test('no connection is opened, also by a sign of interest before they were read', async () => {
    const { controller } = furnish(closed);
    await controller.warmUp();
    expect(controller.dialer).toBeUndefined();
    expect(await controller.start()).toBeUndefined();
    expect(controller.dialer).toBeUndefined();
  });

  test.each([
    ['again', 'granted', 'ended'],
    ['retry', 'denied', 'blocked'],
  ] as const)('nor by the button %s', async (act, permission, before) => {
    const { clock, controller, element, line, live, press, scene, root } = furnish(
      { 'time-zone': 'UTC', hours: 'Th 00:00-00:01' },
      { permission },
    );
    const call = await controller.start();
    if (before === 'ended') {
      await clock.advance(3_000);
      press('hangup');
    }
    expect(await scene(1_000)).toBe(before);
    await clock.advance(90_000);
    element.setAttribute('hours', closed.hours);
    controller.changed();
    if (!root.querySelector(`.panel [data-act=${act}]`)) throw new Error(`No button ${act}`);
    const rang = line.history.length;
    press(act);
    await clock.advance(5_000);
    expect(live.textContent).toBe('Closed now. Opens Monday at 9:00');
    expect(controller.call).toBe(call);
    expect(line.history).toHaveLength(rang);
  });
});

test('hours that can not be read and zones that nobody knows are told, and close nothing', async () => {
  const warned = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  const { clock, controller, told } = furnish({ hours: 'whenever', 'time-zone': 'Mars/Olympus' });
  const call = await controller.start();
  await clock.advance(500);
  controller.changed();
  await clock.advance(0);
  expect(call).toBeDefined();
  const warnings = warned.mock.calls.map(([text]) => String(text));
  expect(warnings.filter((text) => text.includes('attribute hours'))).toHaveLength(1);
  expect(warnings.filter((text) => text.includes('attribute time-zone'))).toHaveLength(1);
  expect(warnings).toHaveLength(2);
  // That of the zone is told while the works are made, before anybody could listen here.
  expect(told).toEqual([expect.any(DialerError)]);
});

test('Hang up while the page still thinks: the panel closes and nothing is dialled', async () => {
  const { clock, controller, element, line, press, root } = furnish();
  let goOn: () => void = () => undefined;
  element.addEventListener('everdial:before-call', (event) => {
    (event as CustomEvent).detail.waitUntil(
      new Promise<void>((resolve) => {
        goOn = resolve;
      }),
    );
  });
  const starting = controller.start();
  await clock.advance(1_000);
  expect(root.querySelector('.panel [data-act=hangup]')).not.toBeNull();
  press('hangup');
  await clock.advance(0);
  expect(root.querySelector('.panel')).toBeNull();
  goOn();
  expect(await starting).toBeUndefined();
  await clock.advance(5_000);
  expect([controller.call, line.history]).toEqual([undefined, []]);
});

test('what is measured after Try again reaches the details', async () => {
  const { clock, controller, media, press, root, scene } = furnish(
    {},
    { permission: 'denied', measure: true },
  );
  await controller.start();
  expect(await scene(1_000)).toBe('blocked');
  media.setPermission('granted');
  press('retry');
  await scene(5_000);
  expect(controller.call?.state).toBe('active');
  press('details');
  // The view comes over the network.
  await import('../../../../src/widget/panel/views/index.js');
  await clock.advance(3_000);
  expect(root.querySelector('.panel')?.textContent).toMatch(/\d\.\d \/ 4\.5/);
});

test('a long press on 0 in a call sends 0', async () => {
  const { clock, controller, line, press, root, scene } = furnish();
  await controller.start();
  expect(await scene(3_000)).toBe('talking');
  await clock.advance(1_000);
  press('keypad');
  await clock.advance(0);
  const zero = root.querySelector<HTMLElement>('.panel [data-value="0"]');
  const fire = (event: Event) => zero?.dispatchEvent(event);
  fire(new Event('pointerdown', { bubbles: true }));
  // The key is held by real time.
  await new Promise((resolve) => setTimeout(resolve, 600));
  fire(new Event('pointerup', { bubbles: true }));
  fire(new MouseEvent('click', { bubbles: true, detail: 1 }));
  await clock.advance(2_000);
  const sent = line.history.filter(({ event }) => event === 'digit').map(({ digit }) => digit);
  expect(sent).toEqual(['0']);
});

test('a number entered right after the dial pad has come is called with Enter', async () => {
  const { clock, controller, root } = furnish({ to: '', variant: 'agent' });
  await clock.advance(0);
  const call = root.querySelector('.acts [data-act=call]');
  expect(call?.getAttribute('aria-disabled')).toBe('true');
  // The code comes over the network; no time of the element's passes.
  await vi.waitFor(() => expect(root.querySelector('.acts [data-act=erase]')).not.toBeNull());
  const field = root.querySelector<HTMLInputElement>('[data-act=type]');
  if (!field) throw new Error('no field');
  field.focus();
  field.value = TO;
  field.dispatchEvent(new Event('input', { bubbles: true }));
  field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
  await clock.advance(100);
  expect(controller.call?.to).toBe(TO);
});

test('another provider named in a call is used by the next call', async () => {
  const { controller, element, host } = furnish({ providers: 'desk-one' });
  host.dialer = undefined;
  const one = await controller.start();
  const before = controller.dialer;
  element.setAttribute('providers', 'desk-two');
  controller.changed();
  await controller.warmUp();
  expect(controller.dialer).toBe(before);
  await one?.hangup();
  expect(one?.outcome).toBeDefined();
  await controller.start();
  expect(controller.dialer?.routes.map(({ route }) => route)).toEqual(['two']);
});

test('where the browser can not call, the panel says so and no call is begun', async () => {
  vi.stubGlobal('RTCPeerConnection', undefined);
  const { controller, scene } = furnish();
  expect(await controller.start()).toBeUndefined();
  expect(await scene()).toBe('service');
  expect(controller.call).toBeUndefined();
});
