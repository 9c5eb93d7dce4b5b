import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { LabPage } from '../lab/browser/open-page.js';
import { BEARER_TOKEN } from './lab/gateway.js';
import { e164, type LabDigits, NUMBER_LIST } from './lab/numbers.js';
import { toneShare } from './lab/recording.js';
import { LOGIN, startTelephony } from './lab/start-telephony.js';
import { reasonToSkip } from './lab/tools.js';
import { leftovers } from './leftovers.js';
import type { PlainConfig } from './page/plain-jssip.js';
import { PAGE_TONE, PHONE_TONE, useTelephony } from './telephony-page.js';

const reason = reasonToSkip();
/** For polls, on a busy machine. */
const SOON = { timeout: 5_000 };
const suffix = reason === undefined ? '' : ` (skipped: ${reason})`;
const PAGE = 'test/telephony/page/plain-jssip.ts';

describe.skipIf(reason)(`the telephone path with JsSIP alone${suffix}`, () => {
  const it = useTelephony(PAGE);

  async function registered(login: Partial<PlainConfig> = {}): Promise<LabPage> {
    const page = await it.openPage();
    expect(await start(page, login)).toBe('registered');
    return page;
  }

  const start = ({ page }: LabPage, login: Partial<PlainConfig> = {}): Promise<string> =>
    page.evaluate((config) => globalThis.plainPage.start(config), {
      server: it.lab.gateway.webSocket,
      username: LOGIN.username,
      password: LOGIN.token,
      ...login,
    });

  const call = ({ page }: LabPage, number: LabDigits): Promise<void> =>
    page.evaluate((to) => globalThis.plainPage.call(to), e164(number));

  const waitFor = ({ page }: LabPage, name: string) =>
    page.evaluate((wanted) => globalThis.plainPage.waitFor(wanted), name);

  const hangup = ({ page }: LabPage) => page.evaluate(() => globalThis.plainPage.hangup());

  test('a call has sound both ways, digits two ways, hold, and ends at the phone', async () => {
    const page = await registered();
    await call(page, '5550100');
    await waitFor(page, 'confirmed');
    const { callId } = await it.lab.phone.waitFor('established');
    expect(it.lab.rings('5550100')).toBe(1);
    expect(it.lab.gateway.invites).toEqual([{ number: '5550100', callId }]);

    expect((await page.remoteTone()).frequency).toBeCloseTo(PHONE_TONE, -2);
    await page.page.evaluate(() => globalThis.plainPage.sendDigits('159#', 'RFC2833'));
    await it.lab.phone.waitFor('digit', { nth: 4 });
    await page.page.evaluate(() => globalThis.plainPage.sendDigits('7', 'INFO'));
    await it.lab.phone.waitFor('digit', { nth: 5 });
    expect(it.lab.phone.digits).toBe('159#7');

    const received = () => page.page.evaluate(() => globalThis.plainPage.received());
    expect((await received()).codec).toBe('audio/PCMU');
    await page.page.evaluate(() => globalThis.plainPage.setHeld(true));
    const { packets } = await received();
    await page.page.waitForTimeout(500);
    expect((await received()).packets - packets).toBeLessThan(3);
    await page.page.evaluate(() => globalThis.plainPage.setHeld(false));
    await expect.poll(async () => (await received()).packets, SOON).toBeGreaterThan(packets + 10);

    await hangup(page);
    await it.lab.phone.waitFor('closed');
    const { samples } = it.lab.phone.recordings.at(-1) ?? { samples: new Int16Array() };
    expect(samples.length).toBeGreaterThan(8_000);
    expect(toneShare(samples, PAGE_TONE)).toBeGreaterThan(0.5);
    expect(toneShare(samples, PHONE_TONE)).toBe(0);
  });

  test('Opus from end to end', async () => {
    const page = await registered();
    await call(page, '5550103');
    await waitFor(page, 'confirmed');
    expect((await page.remoteTone()).frequency).toBeCloseTo(PHONE_TONE, -2);
    const { codec } = await page.page.evaluate(() => globalThis.plainPage.received());
    expect(codec).toBe('audio/opus');
    await hangup(page);
    await it.lab.phone.waitFor('closed');
    const { samples } = it.lab.phone.recordings.at(-1) ?? { samples: new Int16Array() };
    expect(toneShare(samples, PAGE_TONE)).toBeGreaterThan(0.8);
  });

  test.each(
    NUMBER_LIST.flatMap(([number, { refusal }]) => (refusal ? [[number, refusal] as const] : [])),
  )('%s: the page hears what the phone said', async (number, { code, reason }) => {
    const page = await registered();
    await call(page, number);
    const failed = await waitFor(page, 'failed');
    expect(failed).toMatchObject({ originator: 'remote', code, reason });
    expect(it.lab.scripted.responses(number)).toEqual([180, code]);
    await expect.poll(() => it.lab.scripted.received(number), SOON).toEqual(['INVITE', 'ACK']);
  });

  test('nobody there: 408 from the gateway, after 5 s', async () => {
    const page = await registered();
    await call(page, '5550999');
    const failed = await waitFor(page, 'failed');
    const [sending] = await page.page.evaluate(() => [...globalThis.plainPage.events]);
    expect(failed.code).toBe(408);
    expect(failed.at - (sending?.at ?? 0)).toBeGreaterThan(4_500);
  });

  test('a number that is not in the table: 404', async () => {
    const page = await registered();
    await page.page.evaluate(() => globalThis.plainPage.call('+12025550177'));
    expect((await waitFor(page, 'failed')).code).toBe(404);
  });

  test('early media is heard before the answer; the far side hangs up', async () => {
    const page = await registered();
    await call(page, '5550183');
    await expect.poll(() => it.lab.scripted.responses('5550183'), SOON).toEqual([180, 183]);
    expect((await page.remoteTone(600)).frequency).toBeCloseTo(PHONE_TONE, -2);
    expect(
      await page.page.evaluate(() => globalThis.plainPage.events.map(({ name }) => name)),
    ).toEqual(['sending', 'progress', 'progress']);
    await waitFor(page, 'confirmed');
    expect(await waitFor(page, 'ended')).toMatchObject({ originator: 'remote' });
  });

  test('an announcement, then 480', async () => {
    const page = await registered();
    await call(page, '5550184');
    await expect.poll(() => it.lab.scripted.responses('5550184'), SOON).toEqual([180, 183]);
    expect((await page.remoteTone(600)).frequency).toBeCloseTo(PHONE_TONE, -2);
    expect(await waitFor(page, 'failed')).toMatchObject({ code: 480 });
  });

  test.each(['5550486', '5550183'] as const)('%s: a script can be cancelled', async (number) => {
    const page = await registered();
    await call(page, number);
    await waitFor(page, 'progress');
    await hangup(page);
    await expect
      .poll(() => it.lab.scripted.received(number), SOON)
      .toEqual(['INVITE', 'CANCEL', 'ACK']);
    expect(it.lab.scripted.responses(number).at(-1)).toBe(487);
  });

  test('a phone that rings is answered, declined, or hears that the call is cancelled', async () => {
    const page = await registered();
    const number = '5550101';
    await call(page, number);
    await it.lab.phone.waitFor('incoming', { number });
    it.lab.phone.accept(number);
    await waitFor(page, 'confirmed');
    it.lab.phone.hangup(number);
    expect(await waitFor(page, 'ended')).toMatchObject({ originator: 'remote' });

    await call(page, number);
    await it.lab.phone.waitFor('incoming', { number, nth: 2 });
    it.lab.phone.hangup(number);
    expect(await waitFor(page, 'failed')).toMatchObject({ code: 486 });

    await call(page, number);
    await it.lab.phone.waitFor('incoming', { number, nth: 3 });
    await waitFor(page, 'progress');
    await hangup(page);
    await it.lab.phone.waitFor('closed', { number, nth: 3 });
    expect(it.lab.phone.rings(number)).toBe(3);
    expect(it.lab.phone.liveCalls).toEqual([]);
  });

  test('a number that forks rings two phones; who does not answer stops ringing', async () => {
    const page = await registered();
    await call(page, '5550120');
    await it.lab.phone.waitFor('incoming', { number: '5550101' });
    await it.lab.phone.waitFor('incoming', { number: '5550102' });
    it.lab.phone.accept('5550102');
    await it.lab.phone.waitFor('established', { number: '5550102' });
    await it.lab.phone.waitFor('closed', { number: '5550101' });
    expect((await page.remoteTone()).frequency).toBeCloseTo(PHONE_TONE, -2);
  });

  test('the phone calls the page', async () => {
    const page = await registered({ username: 'desk', password: 'secret-desk' });
    await page.page.evaluate(() => globalThis.plainPage.answerNext());
    it.lab.phone.dial('5550100', 'sip:desk@lab.example');
    await waitFor(page, 'confirmed');
    await it.lab.phone.waitFor('ringing');
    await it.lab.phone.waitFor('established');
    expect((await page.remoteTone()).frequency).toBeCloseTo(PHONE_TONE, -2);
  });

  test('logs in with a bearer token, and calls with it', async () => {
    const page = await registered({ authorization: `Bearer ${BEARER_TOKEN}` });
    await call(page, '5550100');
    await waitFor(page, 'confirmed');
    expect(it.lab.rings('5550100')).toBe(1);
  });

  test('refuses a wrong password and a wrong token', async () => {
    expect(await start(await it.openPage(), { password: 'wrong' })).toBe('401');
    expect(await start(await it.openPage(), { authorization: 'Bearer wrong' })).toBe('401');
  });

  test('breaks as it is told, and is mended', async () => {
    const { gateway } = it.lab;
    await gateway.fault('register', 403);
    expect(await start(await it.openPage())).toBe('403');
    await gateway.fault('register', 0);
    const page = await registered();
    await gateway.fault('invite', 503);
    await call(page, '5550100');
    expect(await waitFor(page, 'failed')).toMatchObject({ code: 503, reason: 'Injected' });
    expect(it.lab.rings('5550100')).toBe(0);
    await gateway.fault('invite', 0);
    await call(page, '5550100');
    await waitFor(page, 'confirmed');

    await gateway.fault('ws', 403);
    const other = await it.openPage();
    const opens = (server: string) =>
      other.page.evaluate(
        (url) =>
          new Promise<boolean>((resolve) => {
            const socket = new WebSocket(url, 'sip');
            socket.onopen = () => resolve(true);
            socket.onclose = () => resolve(false);
          }),
        server,
      );
    expect(await opens(gateway.webSocket)).toBe(false);
    await gateway.fault('ws', 0);
    expect(await opens(gateway.webSocket)).toBe(true);
  });

  test('swallows requests', async () => {
    const page = await registered();
    await it.lab.gateway.fault('drop', 1);
    await call(page, '5550100');
    await waitFor(page, 'sending');
    await page.page.waitForTimeout(500);
    expect(it.lab.gateway.output).toContain('swallowed INVITE');
    expect(it.lab.rings('5550100')).toBe(0);
  });

  test('closes sockets; is killed and comes back while the sound goes on', async () => {
    const page = await registered();
    await call(page, '5550100');
    await waitFor(page, 'confirmed');
    expect(await it.lab.gateway.closeSockets()).toBe(1);
    await expect
      .poll(async () => (await page.resources()).sockets, { timeout: 3_000, interval: 20 })
      .toBe(0);
    await it.lab.gateway.kill();
    expect((await page.remoteTone()).frequency).toBeCloseTo(PHONE_TONE, -2);
    await it.lab.gateway.restart();
    // JsSIP connects again by itself, within seconds.
    await expect.poll(async () => (await page.resources()).sockets, { timeout: 10_000 }).toBe(1);
    await page.page.waitForTimeout(300);
    await hangup(page);
    await it.lab.phone.waitFor('closed');
  });
});

describe.skipIf(reason)(`starting and stopping the telephone path${suffix}`, () => {
  test('two at a time do not meet', async () => {
    const labs = await Promise.all([
      startTelephony({ gateways: 2 }),
      startTelephony({ turn: true }),
    ]);
    const servers = labs.flatMap(({ gateways }) => gateways.map(({ webSocket }) => webSocket));
    expect(new Set(servers).size).toBe(3);
    await Promise.all(labs.map((lab) => lab.close()));
    expect(leftovers(process.pid)).toEqual([]);
  });

  test('five times in a row, nothing is left', async () => {
    for (let round = 0; round < 5; round += 1) {
      const lab = await startTelephony();
      expect(leftovers(process.pid).length).toBeGreaterThan(10);
      await lab.close();
      expect(leftovers(process.pid)).toEqual([]);
    }
  });

  test.each(['kamailio', 'rtpengine', 'baresip', 'sipp'] as const)(
    'without %s it says so and leaves nothing',
    async (name) => {
      await expect(startTelephony({ programs: { [name]: '/bin/false' } })).rejects.toThrow(
        /ended at once:[\s\S]*ended with 1/,
      );
      expect(leftovers(process.pid)).toEqual([]);
    },
  );

  test.each(['SIGTERM', 'SIGKILL'] as const)('%s of who started it ends it', async (signal) => {
    const script = fileURLToPath(new URL('fixtures/abandoned-lab.ts', import.meta.url));
    const owner = spawn(process.execPath, ['--import', 'tsx', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await new Promise((resolve) => owner.stdout.once('data', resolve));
    const pid = owner.pid ?? 0;
    expect(leftovers(pid).length).toBeGreaterThan(10);
    owner.kill(signal);
    await expect.poll(() => leftovers(pid), { timeout: 5_000 }).toEqual([]);
  });
});
