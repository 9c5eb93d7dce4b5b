import { spawn } from 'node:child_process';
import { chromium } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { findChromium } from '../lab/browser/find-chromium.js';
import { PROJECT_ROOT } from '../lab/root.js';
import { NUMBER_LIST } from './lab/numbers.js';
import { reasonToSkip } from './lab/tools.js';
import { leftovers } from './leftovers.js';

const reason = reasonToSkip();
const suffix = reason === undefined ? '' : ` (skipped: ${reason})`;

describe.skipIf(reason)(`npm run telephony${suffix}`, () => {
  test('prints what there is, has a page that calls, and ends with Ctrl+C', async () => {
    const script = spawn(process.execPath, ['--import', 'tsx', 'scripts/telephony.ts'], {
      cwd: PROJECT_ROOT,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let printed = '';
    script.stdout.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
    });
    await expect.poll(() => printed, { timeout: 15_000 }).toContain('Ctrl+C');
    for (const [number] of NUMBER_LIST) expect(printed).toContain(`+1202${number}`);
    const url = /page +(http\S+)/.exec(printed)?.[1] ?? '';

    // As whoever opens the page: without the switch that offers 127.0.0.1 to WebRTC.
    const browser = await chromium.launch({
      executablePath: findChromium(),
      args: ['--no-sandbox', '--use-fake-device-for-media-stream'],
    });
    const page = await browser.newPage({ permissions: ['microphone'] });
    await page.goto(url);
    await page.getByRole('button', { name: '+1 202 555 0101' }).click();
    await page.getByRole('button', { name: 'Answer' }).click();
    const state = page.getByRole('status');
    await expect.poll(() => state.textContent(), { timeout: 5_000 }).toContain('active');
    await page.getByRole('button', { name: 'Hang up' }).first().click();
    await expect
      .poll(() => page.locator('#events').textContent(), { timeout: 5_000 })
      .toContain('completed · by local · confirmed');
    await browser.close();

    const { pid = 0 } = script;
    const ended = new Promise((resolve) => script.once('exit', resolve));
    script.kill('SIGINT');
    expect(await ended).toBe(0);
    expect(leftovers(pid)).toEqual([]);
  });
});
