import { describe, expect, it } from 'vitest';
import { NUMBER, type StageOptions, stage } from '../dialer/dialer-stage.js';
import { AFTER_HOLD_OFF_MS, answers, breakable } from './broken-route.js';
import { type Script, scripted } from './scripted-provider.js';

const OTHER = '+14155550124';

describe('the regions of a vendor that bears one session in a page', () => {
  const region = (name: string): Script => ({
    id: 'vendor',
    route: `vendor/${name}`,
    singleSession: true,
  });

  /** Two regions of which the western one, the first, cannot be reached. */
  function regions(options: StageOptions = {}) {
    const west = breakable(region('west'), true);
    const east = scripted({ ...answers, ...region('east') });
    const set = stage([west.provider, east], options);
    const call = async () => {
      const placed = set.dialer.dial(NUMBER);
      await set.clock.until(placed.when('active'));
      await set.clock.until(placed.hangup());
      return placed.outcome?.attempts.map(({ route, phase }) => [route, phase]);
    };
    return { ...set, west: west.provider, east, state: west.state, call };
  }

  it('are routes of their own', async () => {
    const { dialer, call, west, east } = regions();
    expect(await call()).toEqual([
      ['vendor/west', 'unsent'],
      ['vendor/east', 'answered'],
    ]);
    expect(dialer.routes.map(({ route, provider, health }) => [route, provider, health])).toEqual([
      ['vendor/east', 'vendor', 'healthy'],
      ['vendor/west', 'vendor', 'cooling-down'],
    ]);
    expect([west.openSessions, east.openSessions]).toEqual([0, 1]);
  });

  it('are probed by the connection of a call, as they cannot be beside one another', async () => {
    const { call, clock, west, east, state } = regions();
    await call();
    expect(await call()).toEqual([['vendor/east', 'answered']]);
    await clock.advance(AFTER_HOLD_OFF_MS);
    // Still broken: the call has sent nothing, and goes on.
    expect(await call()).toEqual([
      ['vendor/west', 'unsent'],
      ['vendor/east', 'answered'],
    ]);
    state.broken = false;
    await clock.advance(2 * AFTER_HOLD_OFF_MS);
    expect(await call()).toEqual([['vendor/west', 'answered']]);
    expect([west.openSessions, east.openSessions]).toEqual([1, 0]);
  });

  it('are not to blame for a call that lives on another one', async () => {
    const { dialer, clock, state } = regions({ maxCalls: 2 });
    state.broken = false;
    const running = dialer.dial(NUMBER, { routes: ['vendor/east'] });
    await clock.until(running.when('active'));
    const other = dialer.dial(OTHER, { routes: ['vendor/west'] });
    await clock.until(other.when('ended'));
    expect([running.route, running.state]).toEqual(['vendor/east', 'active']);
    expect(dialer.routes.map(({ health }) => health)).toEqual(['healthy', 'healthy']);
  });
});
