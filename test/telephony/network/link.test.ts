import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Echo, startEcho } from './echo.js';
import type { Echoes } from './fixtures/browser-side.js';
import { CLEAR, type Link, type LinkDirection, startLink } from './link.js';
import { reasonToSkip } from './reason-to-skip.js';

const reason = reasonToSkip();

/** As `ip netns list` tells them. */
const namespaces = () => readdirSync('/var/run/netns');
/** Round-trip times of what came back. */
const arrived = ({ rtts }: Echoes) => rtts.filter((rtt) => rtt !== null);
/** Numbers of what did not. */
const lost = ({ rtts }: Echoes) => rtts.flatMap((rtt, number) => (rtt === null ? [number] : []));
// The fastest one tells what the link does; the others also wait for a busy machine.
const fastest = (echoes: Echoes) => Math.min(...arrived(echoes));

describe.skipIf(reason !== undefined)(`the link${reason ? ` (skipped: ${reason})` : ''}`, () => {
  let link: Link;
  let echo: Echo;

  beforeAll(async () => {
    link = await startLink();
    echo = await startEcho(link);
  });
  afterEach(() => link.set(CLEAR));
  afterAll(async () => {
    await echo?.close();
    await link?.close();
  });

  test('is nearly as fast as no network at all when nothing is set', async () => {
    const echoes = await echo.measure();
    expect(lost(echoes)).toEqual([]);
    expect(fastest(echoes)).toBeLessThan(10);
  });

  test('delays each direction', async () => {
    await link.set({ delayMs: 40 });
    const both = await echo.measure();
    await link.set({ delayMs: 0 }, 'to-browser');
    const one = await echo.measure();
    expect([...lost(both), ...lost(one)]).toEqual([]);
    expect(fastest(both)).toBeGreaterThanOrEqual(80);
    expect(fastest(both)).toBeLessThan(110);
    expect(fastest(one)).toBeGreaterThanOrEqual(40);
    expect(fastest(one)).toBeLessThan(70);
  });

  test('spreads the delay by jitter and keeps the order', async () => {
    await link.set({ delayMs: 50, jitterMs: 15 }, 'from-browser');
    const echoes = await echo.measure({ count: 100 });
    const rtts = arrived(echoes);
    expect(lost(echoes)).toEqual([]);
    expect(Math.max(...rtts) - Math.min(...rtts)).toBeGreaterThan(20);
    expect(echoes.order).toEqual(rtts.map((_, number) => number));
  });

  test('loses its share of the packets, the same ones with the same seed', async () => {
    await link.set({ lossPercent: 20 }, 'from-browser');
    const before = await link.stats();
    const echoes = await echo.measure({ count: 300, gapMs: 1 });
    const after = await link.stats();
    expect(lost(echoes).length).toBeGreaterThan(30);
    expect(lost(echoes).length).toBeLessThan(100);
    const counted = (name: LinkDirection, what: 'carried' | 'lost') =>
      after[name][what] - before[name][what];
    expect(counted('from-browser', 'lost')).toBeGreaterThanOrEqual(lost(echoes).length);
    expect(counted('to-browser', 'carried')).toBeGreaterThanOrEqual(arrived(echoes).length);
    expect(counted('to-browser', 'lost')).toBe(0);

    const fates: number[][] = [];
    for (const seed of [7, 7, 8]) {
      const other = await startLink({ seed });
      const otherEcho = await startEcho(other);
      await other.set({ lossPercent: 50, udpOnly: true }, 'from-browser');
      fates.push(lost(await otherEcho.measure({ count: 100, gapMs: 1 })));
      await otherEcho.close();
      await other.close();
    }
    expect(fates[1]).toEqual(fates[0]);
    expect(fates[2]).not.toEqual(fates[0]);
  });

  test('loses UDP only, where it is told to', async () => {
    await link.set({ lossPercent: 100, udpOnly: true });
    expect(arrived(await echo.measure())).toEqual([]);
    expect(lost(await echo.measure({ over: 'tcp' }))).toEqual([]);
  });

  test('is as slow as it is told to be', async () => {
    await link.set({ rateKbps: 400 }, 'from-browser');
    const started = performance.now();
    // 40 × 1028 bytes at once are 822 ms of a line of 400 kbit/s.
    const echoes = await echo.measure({ count: 40, gapMs: 0, bytes: 1000, waitMs: 4000 });
    expect(lost(echoes)).toEqual([]);
    expect(performance.now() - started).toBeGreaterThan(800);
    expect(performance.now() - started).toBeLessThan(2500);
  });

  test('loses what a full queue has no room for', async () => {
    await link.set({ rateKbps: 64 }, 'from-browser');
    const echoes = await echo.measure({ count: 40, gapMs: 0, bytes: 1000, waitMs: 4000 });
    expect(arrived(echoes).length).toBeGreaterThan(10);
    expect(lost(echoes).length).toBeGreaterThan(10);
    expect(Math.max(...arrived(echoes))).toBeLessThan(2600);
  });

  test('carries nothing while it is cut, and everything afterwards', async () => {
    await link.set({ cut: true });
    expect(arrived(await echo.measure())).toEqual([]);
    await link.set({ cut: false });
    expect(lost(await echo.measure())).toEqual([]);
  });

  test('can be cut in one direction', async () => {
    const before = await link.stats();
    await link.set({ cut: true }, 'to-browser');
    expect(arrived(await echo.measure())).toEqual([]);
    const after = await link.stats();
    expect(after['from-browser'].carried - before['from-browser'].carried).toBeGreaterThanOrEqual(
      20,
    );
    expect(after['to-browser'].lost - before['to-browser'].lost).toBeGreaterThanOrEqual(20);
  });

  test('moves the browser to another address: old sockets are dead, new ones work', async () => {
    const old = link.browserAddress;
    await echo.open('before');
    for (const over of ['udp', 'tcp'] as const) {
      expect(lost(await echo.measure({ from: 'before', over }))).toEqual([]);
    }
    const now = await link.changeAddress();
    expect(now).not.toBe(old);
    expect(now).toMatch(/^198\.1[89]\./);
    expect(link.browserAddress).toBe(now);
    await echo.open('after');
    for (const over of ['udp', 'tcp'] as const) {
      expect(arrived(await echo.measure({ from: 'before', over }))).toEqual([]);
      expect(lost(await echo.measure({ from: 'after', over }))).toEqual([]);
    }
  });

  test('has a namespace and addresses of its own, and leaves nothing', async () => {
    const [one, other] = await Promise.all([startLink(), startLink()]);
    const all = [link, one, other];
    expect(new Set(all.map(({ namespace }) => namespace)).size).toBe(3);
    expect(new Set(all.map(({ gatewayAddress }) => gatewayAddress)).size).toBe(3);
    await Promise.all([one.close(), other.close()]);
    await one.close();
    await expect(one.stats()).rejects.toThrow('closed');
    for (const { namespace } of [one, other]) {
      expect(namespaces()).not.toContain(namespace);
      expect(Object.keys(networkInterfaces())).not.toContain(namespace);
    }
  });

  test.each(['SIGKILL', 'SIGTERM'] as const)('ends when its parent dies of %s', async (signal) => {
    const program = fileURLToPath(new URL('fixtures/lonely-parent.ts', import.meta.url));
    const parent = spawn(process.execPath, ['--import', 'tsx', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [namespace] = (await once(createInterface({ input: parent.stdout }), 'line')) as [string];
    expect(namespaces()).toContain(namespace);
    parent.kill(signal);
    await vi.waitFor(() => expect(namespaces()).not.toContain(namespace), 5000);
  });
});
