import { Dialer } from 'everdial';
import { sandbox } from 'everdial/providers/sandbox';
import { type TestEnvironmentOptions, testEnvironment } from 'everdial/testing';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { h } from '../../../../src/widget/dom/h.js';
import { Controller } from '../../../../src/widget/works/controller.js';
import type { WorksHost } from '../../../../src/widget/works/works.js';

const TO = '+12025550100';
const open: Controller[] = [];

beforeEach(() => {
  vi.stubGlobal('RTCPeerConnection', class {});
  vi.stubGlobal('isSecureContext', true);
  const value = { getUserMedia: () => undefined };
  Object.defineProperty(navigator, 'mediaDevices', { value, configurable: true });
});
afterEach(() => {
  for (const controller of open.splice(0)) controller.stop();
  document.body.replaceChildren();
  Reflect.deleteProperty(navigator, 'mediaDevices');
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

function furnish(attributes: Record<string, string> = {}, options: TestEnvironmentOptions = {}) {
  const environment = testEnvironment(options);
  const dialer = new Dialer({
    providers: [sandbox()],
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
  const host: WorksHost = {
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
  return { clock, media, element, root, live, controller, scene, press };
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
  const { controller, element } = furnish({ variant: 'modal' });
  const told: unknown[] = [];
  element.addEventListener('everdial:error', (event) => {
    told.push((event as CustomEvent).detail.error.code);
  });
  controller.changed();
  controller.changed();
  expect(warned).toHaveBeenCalledOnce();
  expect(warned.mock.calls[0]?.[0]).toContain('variant');
  element.setAttribute('variant', 'popup');
  controller.changed();
  controller.changed();
  expect(warned).toHaveBeenCalledTimes(2);
  expect(told).toEqual(['config/invalid-option']);
});

test('out of hours nobody is called, and that is said', async () => {
  const { clock, controller, live } = furnish({ hours: 'Mo 09:00-10:00', 'time-zone': 'UTC' });
  await import('../../../../src/widget/works/opening-hours.js');
  await clock.advance(0);
  expect(await controller.start()).toBeUndefined();
  expect(live.textContent).toBe('Closed now. Opens Monday at 9:00');
  expect(controller.call).toBeUndefined();
});

test('where the browser can not call, the panel says so and no call is begun', async () => {
  vi.stubGlobal('RTCPeerConnection', undefined);
  const { controller, scene } = furnish();
  expect(await controller.start()).toBeUndefined();
  expect(await scene()).toBe('service');
  expect(controller.call).toBeUndefined();
});
