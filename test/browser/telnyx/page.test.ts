/** What the vendor would do to the page around a call. */
import { expect, test } from 'vitest';
import { AdapterLab } from './adapter-lab.js';

const ORDINARY = '+12025550100';
const RINGS = '+12025550107';

const it = new AdapterLab();

test('a click on a mailto link neither ends the call nor leaves a note about it', async () => {
  await it.call(ORDINARY, 'answered signalling');
  const { page } = it.page;
  const unloads = await page.evaluate(async () => {
    let count = 0;
    addEventListener('beforeunload', () => {
      count += 1;
    });
    const link = document.createElement('a');
    link.href = 'mailto:someone@example.com';
    document.documentElement.append(link);
    link.click();
    await new Promise((resolve) => setTimeout(resolve, 500));
    return count;
  });
  expect(unloads).toBe(1);
  await it.toneInPage();
  expect(it.lab.network.liveCalls).toBe(1);
  await it.closeSession();
  expect(await page.evaluate(() => Object.keys(sessionStorage))).toEqual([]);
});

test('a page that is loaded anew during a call does not take it up with an open microphone', async () => {
  await it.call(RINGS, 'progress ringing');
  await it.page.page.reload();
  await it.ready();
  await it.quiet(300);
  expect(await it.page.resources()).toMatchObject({ liveTracks: 0, peerConnections: 0 });
});

test('nothing is written to the console, and no statistics are sent', async () => {
  it.gateway.settings.callReports = true;
  const lines: string[] = [];
  const { page } = await it.openPage();
  page.on('console', (message) => lines.push(message.text()));
  await it.call(ORDINARY, 'answered signalling');
  await it.toneInPage();
  await it.hangup();
  await it.says('ended local final');
  await it.closeSession();
  expect(lines).toEqual([]);
  expect(it.gateway.callReports).toEqual([]);
  expect(it.gateway.frames.some(({ text }) => text.includes('debug_report'))).toBe(false);
});

test('statistics that the application allows carry no SDP, no address and no credential', async () => {
  it.gateway.settings.callReports = true;
  await it.ready({ token: 'secret-token', context: { vendorTelemetry: true } });
  await it.dial(ORDINARY);
  await it.says('answered signalling');
  await it.toneInPage();
  await it.hangup();
  await it.says('ended local final');
  await it.release();
  await expect.poll(() => it.gateway.callReports.length, { timeout: 5_000 }).toBeGreaterThan(0);
  const all = it.gateway.callReports.join('\n');
  expect(all).not.toMatch(/secret-token|a=candidate|v=0\\r\\n|credential":/);
  await it.closeSession();
  await it.nothingLeft();
});
