import { DialerError, type DialOptions } from 'everdial';
import { describe, expect, test, vi } from 'vitest';
import { furnish, TO, turn } from './call-desk-fixture.js';

describe('a call', () => {
  test('is made with the page’s Dialer and told step by step', async () => {
    const { clock, desk, told, page, scene, line } = furnish();
    expect([desk.busy, desk.call, desk.dialer, scene()]).toEqual([
      false,
      undefined,
      undefined,
      'idle',
    ]);
    const starting = desk.start(TO);
    expect([desk.busy, scene()]).toEqual([true, 'connecting']);
    const call = await starting;
    expect(call?.to).toBe(TO);
    expect(desk.call).toBe(call);
    expect(desk.dialer).toBe(page.dialer);
    await clock.advance(100);
    expect(scene()).toBe('switching');
    await clock.advance(400);
    expect(scene()).toBe('ringing');
    await clock.advance(3_000);
    expect([scene(), desk.busy]).toEqual(['talking', true]);
    await clock.until(call?.hangup() ?? Promise.reject());
    expect([scene(), desk.busy]).toEqual(['ended', false]);
    expect(told).toEqual(['before-call', 'ready', 'switched', 'answered', 'ended']);
    expect(line.history.filter(({ event }) => event === 'rang')).toHaveLength(1);
  });

  test('each change is told, the end too', async () => {
    const { clock, desk, changes } = furnish();
    const call = await desk.start(TO);
    await clock.advance(3_000);
    const before = changes();
    await clock.until(call?.hangup() ?? Promise.reject());
    await turn();
    expect(changes()).toBeGreaterThan(before);
  });

  test('pressed twice it is one call, and later the same one', async () => {
    const { clock, desk, told, page } = furnish();
    const [one, two] = await Promise.all([desk.start(TO), desk.start('+12025550101')]);
    expect(two).toBe(one);
    expect(await desk.start('+12025550102')).toBe(one);
    await clock.advance(3_000);
    expect(await desk.start(TO)).toBe(one);
    expect(page.dialer?.calls).toEqual([one]);
    expect(told.filter((type) => type === 'before-call')).toHaveLength(1);
  });

  test('after the end the next press makes another one, as if nothing had been', async () => {
    const { clock, desk, scene } = furnish();
    const one = await desk.start(TO);
    await clock.until(one?.hangup() ?? Promise.reject());
    const two = await desk.start(TO);
    expect(two).not.toBe(one);
    expect(desk.call).toBe(two);
    expect([desk.facts.switched, desk.facts.slow]).toEqual([false, false]);
    expect(scene()).toBe('connecting');
  });

  test('takes longer than 6 s: slow, until it has ended', async () => {
    const { clock, desk, scene } = furnish({ provider: { scenario: [] } });
    const call = await desk.start(TO);
    await clock.advance(5_999);
    expect(desk.facts.slow).toBe(false);
    await clock.advance(1);
    expect(desk.facts.slow).toBe(true);
    expect(scene()).toBe('switching');
    const left = clock.pendingTimers;
    await clock.until(call?.hangup() ?? Promise.reject());
    expect(clock.pendingTimers).toBeLessThan(left);
  });

  test('ended in time is never slow', async () => {
    const { clock, desk } = furnish();
    const call = await desk.start(TO);
    await clock.until(call?.hangup() ?? Promise.reject());
    await clock.advance(10_000);
    expect(desk.facts.slow).toBe(false);
  });

  test('options of the element and of listeners reach it', async () => {
    const { desk, element } = furnish({ dialOptions: { params: { a: '1' } } });
    element.addEventListener('everdial:before-call', (event) => {
      const { detail } = event as CustomEvent<{ setOptions(options: DialOptions): void }>;
      detail.setOptions({ from: '+12025550199' });
    });
    const call = await desk.start(TO);
    expect([call?.params, call?.from]).toEqual([{ a: '1' }, '+12025550199']);
  });
});

describe('consent', () => {
  const attributes = { 'consent-required': '' };

  test('is asked for before everything else', async () => {
    const { desk, scene, told, changes } = furnish({ attributes });
    const before = changes();
    const starting = desk.start(TO);
    await turn();
    expect(scene()).toBe('consent');
    expect(changes()).toBeGreaterThan(before);
    expect([told, desk.dialer]).toEqual([[], undefined]);
    desk.answerConsent(true);
    expect((await starting)?.to).toBe(TO);
    expect(scene()).toBe('connecting');
  });

  test.each(['answer', 'clear', 'stop'] as const)('not given (%s): no call', async (how) => {
    const { desk, scene, told } = furnish({ attributes });
    const starting = desk.start(TO);
    if (how === 'answer') desk.answerConsent(false);
    if (how === 'clear') desk.clear();
    if (how === 'stop') desk.stop();
    expect(await starting).toBeUndefined();
    expect([scene(), desk.busy, told]).toEqual(['idle', false, []]);
  });

  test('is asked for each call anew', async () => {
    const { clock, desk, scene } = furnish({ attributes });
    const starting = desk.start(TO);
    desk.answerConsent(true);
    const call = await starting;
    await clock.until(call?.hangup() ?? Promise.reject());
    void desk.start(TO);
    await turn();
    expect(scene()).toBe('consent');
  });

  test('an answer without a question does nothing', () => {
    const { desk, scene } = furnish({ attributes });
    desk.answerConsent(true);
    expect(scene()).toBe('idle');
  });
});

describe('a listener that objects', () => {
  test('no call, nothing opened, ready for the next press', async () => {
    const { desk, element, told, scene } = furnish();
    const objecting = new AbortController();
    element.addEventListener('everdial:before-call', (event) => event.preventDefault(), {
      signal: objecting.signal,
    });
    expect(await desk.start(TO)).toBeUndefined();
    expect([desk.busy, desk.dialer, scene(), told]).toEqual([
      false,
      undefined,
      'idle',
      ['before-call'],
    ]);
    objecting.abort();
    expect((await desk.start(TO))?.to).toBe(TO);
  });

  test.each(['clear', 'stop'] as const)('%s while a listener waits: no call', async (how) => {
    const { clock, desk, element, line } = furnish();
    let goOn: () => void = () => undefined;
    element.addEventListener('everdial:before-call', (event) => {
      (event as CustomEvent).detail.waitUntil(
        new Promise<void>((resolve) => {
          goOn = resolve;
        }),
      );
    });
    const starting = desk.start(TO);
    desk[how]();
    goOn();
    expect(await starting).toBeUndefined();
    await clock.advance(5_000);
    expect([desk.busy, desk.call, desk.dialer, line.history]).toEqual([
      false,
      undefined,
      undefined,
      [],
    ]);
  });
});

describe('what can not begin', () => {
  test('a wrong attribute is told on the console and as an event, and shown', async () => {
    const { desk, element, page, told, scene } = furnish({ attributes: { providers: 'nobody' } });
    page.dialer = undefined;
    const errors: unknown[] = [];
    element.addEventListener('everdial:error', (event) => {
      errors.push((event as CustomEvent).detail.error);
    });
    const warned = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    expect(await desk.start(TO)).toBeUndefined();
    expect(desk.failure?.code).toBe('config/invalid-option');
    expect(scene()).toBe('service');
    expect(told).toEqual(['before-call', 'error']);
    expect(errors).toEqual([expect.any(DialerError)]);
    expect(errors[0]).toBe(desk.failure);
    expect(warned).toHaveBeenCalledWith(desk.failure?.message);
    expect(desk.failure?.message).not.toContain('202');
    desk.clear();
    expect([desk.failure, scene()]).toEqual([undefined, 'idle']);
  });

  test('the next press begins without the old failure', async () => {
    const { desk, page, makeDialer, scene } = furnish({ attributes: { providers: 'nobody' } });
    page.dialer = undefined;
    vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    await desk.start(TO);
    page.dialer = makeDialer();
    const starting = desk.start(TO);
    expect([desk.failure, scene()]).toEqual([undefined, 'connecting']);
    expect((await starting)?.to).toBe(TO);
  });
});

describe('clear', () => {
  test('ends a running call and forgets it', async () => {
    const { clock, desk, media, scene } = furnish();
    const call = await desk.start(TO);
    await clock.advance(3_000);
    desk.clear();
    expect(scene()).toBe('idle');
    await clock.advance(5_000);
    expect([call?.outcome?.cause, media.liveTracks, scene()]).toEqual(['completed', 0, 'idle']);
    expect(desk.call).toBe(call);
  });
});

describe('restart', () => {
  test('gives up a call that waits for the microphone, then calls again', async () => {
    const { clock, desk, media, scene } = furnish({ permission: 'denied' });
    const one = await desk.start(TO);
    await clock.advance(500);
    expect(scene()).toBe('blocked');
    media.setPermission('prompt');
    const again = desk.restart(TO);
    expect([desk.busy, scene()]).toEqual([true, 'connecting']);
    const same = desk.restart(TO);
    const two = await clock.until(again);
    expect(await same).toBe(two);
    expect(two).not.toBe(one);
    expect(one?.outcome).toBeDefined();
    await clock.advance(0);
    media.answerPrompt('granted');
    await clock.advance(5_000);
    expect(scene()).toBe('talking');
  });
});

describe('stop', () => {
  test('ends the call, leaves the page’s Dialer open and no timer behind', async () => {
    const { clock, desk, media, page } = furnish();
    const call = await desk.start(TO);
    await clock.advance(3_000);
    desk.stop();
    await clock.advance(10_000);
    expect([call?.outcome?.cause, media.liveTracks, desk.dialer]).toEqual([
      'completed',
      0,
      undefined,
    ]);
    expect(page.dialer?.status).not.toBe('closed');
    await clock.until(page.dialer?.close() ?? Promise.reject());
    expect(clock.pendingTimers).toBe(0);
  });

  test('in a restart: nobody is asked, nothing is dialled', async () => {
    const { clock, desk, told, page } = furnish();
    const one = await desk.start(TO);
    await clock.advance(3_000);
    told.length = 0;
    const again = desk.restart(TO);
    desk.stop();
    expect(await clock.until(again)).toBeUndefined();
    expect(told).not.toContain('before-call');
    await clock.advance(10_000);
    expect(one?.outcome).toBeDefined();
    expect(page.dialer?.calls).toEqual([]);
  });

  test('after it a press ends without a call and without a question', async () => {
    const { desk, scene, told } = furnish({ attributes: { 'consent-required': '' } });
    desk.stop();
    expect(await desk.start(TO)).toBeUndefined();
    expect([scene(), desk.busy, told]).toEqual(['idle', false, []]);
  });

  test('closes a Dialer that was made for it', async () => {
    const { desk, page } = furnish({ attributes: { providers: 'desk-a' } });
    page.dialer = undefined;
    const dialer = desk.openDialer();
    desk.stop();
    await vi.waitFor(() => expect(dialer.status).toBe('closed'));
  });

  test('the network is listened to until then', () => {
    const { desk, changes } = furnish();
    dispatchEvent(new Event('offline'));
    dispatchEvent(new Event('online'));
    expect(changes()).toBe(2);
    desk.stop();
    dispatchEvent(new Event('offline'));
    expect(changes()).toBe(2);
  });
});
