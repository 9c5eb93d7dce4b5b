import { Dialer } from 'everdial';
import { sandbox } from 'everdial/providers/sandbox';
import { testEnvironment } from 'everdial/testing';
import { expect, test } from 'vitest';
import type { CallEvents } from '../../../../src/index.js';
import { forwardEvents, tell } from '../../../../src/widget/works/forward-events.js';

const NAMES: readonly (keyof CallEvents)[] = [
  'state-changed',
  'ringing',
  'answered',
  'active',
  'mute-changed',
  'hold-changed',
  'switched',
  'reconnecting',
  'reconnected',
  'quality-sample',
  'quality-changed',
  'problem-changed',
  'ended',
];

test('each event of a call is fired on the element, with the same payload and in the same order', async () => {
  const environment = testEnvironment();
  const { clock } = environment;
  const second = sandbox({ route: 'second' });
  const dialer = new Dialer({
    providers: [sandbox({ route: 'first', connection: 'refused' }), second],
    environment,
    logLevel: 'error',
  });
  const element = document.createElement('div');
  document.body.append(element);
  const heard: (readonly [string, unknown])[] = [];
  const said: (readonly [string, unknown])[] = [];
  const listening = new AbortController();
  const call = dialer.dial('+12025550100');
  for (const name of NAMES) {
    call.on(name, (detail) => said.push([name, detail]));
    document.addEventListener(
      `everdial:${name}`,
      (event) => heard.push([name, (event as CustomEvent).detail]),
      { signal: listening.signal },
    );
  }
  forwardEvents(call, element);
  await clock.advance(5_000);
  call.mute();
  await clock.until(call.hold());
  second.act('lose-signalling');
  await clock.advance(1_000);
  second.act('restore-signalling');
  await clock.advance(2_000);
  await clock.until(call.hangup());
  listening.abort();
  element.remove();

  expect(heard.map(([name]) => name)).toEqual(said.map(([name]) => name));
  for (const [index, [, detail]] of heard.entries()) expect(detail).toBe(said[index]?.[1]);
  const names = new Set(heard.map(([name]) => name));
  for (const name of ['switched', 'ringing', 'answered', 'active', 'mute-changed'] as const) {
    expect(names).toContain(name);
  }
  expect(names).toContain('hold-changed');
  expect(heard.at(-1)?.[0]).toBe('ended');
  await clock.until(dialer.close());
});

test('events cross shadow roots and can not be cancelled', () => {
  const host = document.createElement('div');
  const element = document.createElement('div');
  host.attachShadow({ mode: 'open' }).append(element);
  const events: CustomEvent[] = [];
  host.addEventListener('everdial:ready', (event) => events.push(event));
  const detail = { dialer: undefined };
  tell(element, 'ready', detail);
  expect(events.map((event) => [event.detail, event.cancelable])).toEqual([[detail, false]]);
});
