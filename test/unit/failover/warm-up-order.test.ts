import { describe, expect, it } from 'vitest';
import { stage } from '../dialer/dialer-stage.js';
import { AFTER_HOLD_OFF_MS, breakable, firstBroken } from './broken-route.js';
import { scripted } from './scripted-provider.js';

describe('warming up', () => {
  it('connects the first route in good health, and no other', async () => {
    const { dialer, clock, first, second } = firstBroken();
    await clock.until(dialer.warmUp({ routes: ['first'] }));
    await clock.until(dialer.warmUp());
    expect([first.contexts.length, first.openSessions, second.openSessions]).toEqual([1, 0, 1]);
  });

  it('goes on to the next one when that fails', async () => {
    const { dialer, clock, first, second } = firstBroken();
    await clock.until(dialer.warmUp());
    expect([first.contexts.length, second.openSessions, dialer.status]).toEqual([1, 1, 'degraded']);
  });

  it('ends with the first one that works', async () => {
    const providers = ['first', 'second', 'third'].map((route) => scripted({ route }));
    const { dialer, clock } = stage(providers);
    await clock.until(dialer.warmUp());
    expect(providers.map(({ openSessions }) => openSessions)).toEqual([1, 0, 0]);
  });

  it('tries one whose hold-off is over in its place', async () => {
    const { dialer, clock, first, second, state, order } = firstBroken();
    await clock.until(dialer.warmUp());
    state.broken = false;
    await clock.advance(AFTER_HOLD_OFF_MS);
    await clock.until(dialer.warmUp());
    expect([first.contexts.length, first.openSessions, second.contexts.length]).toEqual([2, 1, 1]);
    expect([dialer.status, order()]).toEqual(['ready', ['first', 'second']]);
  });

  it('comes back to the good one when it is still broken', async () => {
    const { dialer, clock, first, second } = firstBroken();
    await clock.until(dialer.warmUp());
    await clock.advance(61_000);
    await clock.until(dialer.warmUp());
    expect([first.contexts.length, second.openSessions, dialer.status]).toEqual([2, 1, 'degraded']);
  });

  it('tries the best of those in bad health when there is no other', async () => {
    const { provider, state } = breakable({}, true);
    const { dialer, clock } = stage([provider]);
    await clock.until(dialer.warmUp());
    expect(dialer.status).toBe('unavailable');
    state.broken = false;
    await clock.until(dialer.warmUp());
    expect([provider.contexts.length, dialer.status]).toEqual([2, 'ready']);
  });

  it('goes on to no other once it was given up', async () => {
    const { dialer, clock, second } = firstBroken();
    const stop = new AbortController();
    stop.abort();
    await clock.until(dialer.warmUp({ signal: stop.signal }));
    expect([second.contexts.length, dialer.routes[0]?.health]).toEqual([0, 'healthy']);
  });
});

describe('the word for a Dialer', () => {
  it('is degraded as long as only another than the first configured route is connected', async () => {
    const { dialer, clock, state } = firstBroken();
    await clock.until(dialer.warmUp());
    // The second one comes first in the list now, which does not make it the one that the application wants.
    expect([dialer.routes[0]?.route, dialer.status]).toEqual(['second', 'degraded']);
    state.broken = false;
    await clock.until(dialer.warmUp({ routes: ['first'] }));
    expect(dialer.status).toBe('ready');
    expect(dialer.routes[1]).toMatchObject({ route: 'first', health: 'cooling-down' });
  });
});
