import { describe, expect, test } from 'vitest';
import { projectJson } from '../../architecture/project-files.js';
import { violations } from '../../unit/diagnostics/json-schema.js';
import { useDialerLab } from '../dialer/dialer-lab.js';

const NUMBER = '+12025550142';
const schema = projectJson<object>('docs/report.schema.json');

describe.each(['telnyx', 'twilio'] as const)(
  'the report of a page that called over %s',
  (carrier) => {
    const it = useDialerLab();

    test('fits its schema and tells neither number, token, SDP nor address', async () => {
      const { page } = await it.open([carrier]);
      await page.evaluate((to) => {
        globalThis.everdialPage.dial(to, { params: { callback: to } });
      }, NUMBER);
      await page.evaluate(() => globalThis.everdialPage.call.when('active').then(() => undefined));
      await page.evaluate(() => globalThis.everdialPage.call.hangup().then(() => undefined));
      await page.evaluate(() => globalThis.everdialPage.dial('+12025550101'));
      await page.evaluate(() => globalThis.everdialPage.call.when('ended').then(() => undefined));

      const text = await page.evaluate(async () => {
        const { dialer } = globalThis.everdialPage;
        return JSON.stringify(await dialer.report());
      });

      const report = JSON.parse(text);
      expect(violations(schema, report)).toEqual([]);
      expect(report.calls).toMatchObject([
        { to: '+1•••••••42', state: 'ended', outcome: { cause: 'completed' } },
        { to: '+1•••••••01', outcome: { cause: 'busy', error: { code: 'call/busy' } } },
      ]);
      expect(report.calls[0].params.callback).toBe('+1•••••••42');
      expect(report.calls[0].outcome.timeline.length).toBeGreaterThan(5);
      expect(report.routes).toMatchObject([{ route: carrier, health: 'healthy' }]);
      expect(report.browser.userAgent).toContain('Chrome');
      const tokens = it.lab[carrier].logins.map(({ token }) => token);
      expect(tokens.length).toBeGreaterThan(0);
      for (const secret of [...tokens, NUMBER.slice(1), '127.0.0.1', 'a=', 'candidate:', 'Fake ']) {
        expect(text).not.toContain(secret);
      }
    });
  },
);
