import { describe, expect, test, vi } from 'vitest';
import { furnish, TO, turn } from './call-desk-fixture.js';

describe('the Dialer', () => {
  test('is told once it is there, and listened to', async () => {
    const { clock, desk, page, media, told, changes, element } = furnish();
    let given: unknown;
    element.addEventListener('everdial:ready', (event) => {
      given = (event as CustomEvent).detail.dialer;
    });
    expect(desk.openDialer()).toBe(page.dialer);
    expect(desk.openDialer()).toBe(page.dialer);
    expect(given).toBe(page.dialer);
    expect(told).toEqual(['ready']);
    expect(page.dialer?.audio.inputs).toBeDefined();
    await clock.advance(100);
    const before = changes();
    media.plugIn({ kind: 'audioinput', id: 'headset', label: 'Headset' });
    await clock.advance(2_000);
    expect(changes()).toBeGreaterThan(before);
  });

  test('of the page may change while nobody calls, not in a call', async () => {
    const { clock, desk, page, makeDialer, changes } = furnish();
    const one = desk.openDialer();
    const two = makeDialer();
    page.dialer = two;
    expect(desk.openDialer()).toBe(two);
    const call = await desk.start(TO);
    page.dialer = one;
    expect(desk.openDialer()).toBe(two);
    await clock.until(call?.hangup() ?? Promise.reject());
    expect(desk.openDialer()).toBe(one);
    await turn();
    const before = changes();
    await clock.until(two.warmUp());
    expect(changes()).toBe(before);
  });

  test('made from the attributes is made anew after they have changed', () => {
    const { desk, page, element } = furnish({ attributes: { providers: 'desk-a' } });
    page.dialer = undefined;
    const one = desk.openDialer();
    expect(desk.openDialer()).toBe(one);
    element.setAttribute('providers', 'desk-b');
    desk.forgetDialer();
    expect(desk.dialer).toBe(one);
    const two = desk.openDialer();
    expect(two.routes[0]?.route).toBe('b');
    expect(desk.openDialer()).toBe(two);
  });

  test('of the attributes that changed in a call is used by the next call', async () => {
    const { desk, page, element } = furnish({ attributes: { providers: 'desk-a' } });
    page.dialer = undefined;
    const one = await desk.start(TO);
    const { dialer } = desk;
    element.setAttribute('providers', 'desk-b');
    desk.forgetDialer();
    expect(desk.openDialer()).toBe(dialer);
    await one?.hangup();
    await vi.waitFor(() => expect(desk.busy).toBe(false));
    const two = await desk.start(TO);
    expect(two?.outcome).toBeUndefined();
    expect(desk.dialer?.routes[0]?.route).toBe('b');
    await two?.hangup();
  });

  test('that the page has set meanwhile makes the next call', async () => {
    const { clock, desk, page, makeDialer } = furnish();
    const one = await desk.start(TO);
    await clock.until(one?.hangup() ?? Promise.reject());
    const dialer = makeDialer();
    page.dialer = dialer;
    const two = await desk.start(TO);
    expect(desk.dialer).toBe(dialer);
    expect(dialer.calls).toEqual([two]);
  });

  test('of the page is not forgotten', () => {
    const { desk, page, told } = furnish();
    desk.openDialer();
    desk.forgetDialer();
    expect(desk.openDialer()).toBe(page.dialer);
    expect(told).toEqual(['ready']);
  });
});
