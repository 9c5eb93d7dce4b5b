/** What the vendor's states and causes hide or misname, read from the gateway's own messages. */
import { describe, expect, test, vi } from 'vitest';
import { AdapterLab } from './adapter-lab.js';

const ORDINARY = '+12025550100';
const RINGS = '+12025550107';
const GLARE = '+12025550113';

const it = new AdapterLab();

const vendorState = () => it.page.page.evaluate(() => globalThis.adapterPage.vendorState);

describe('what happens on the way to the answer', () => {
  test('ringing is told, although the vendor has no state for it', async () => {
    await it.call(RINGS, 'progress ringing');
    expect(await vendorState()).toBe('trying');
  });

  test('early media is told, before and after ringing', async () => {
    it.lab.network.phone(RINGS).behaviour = {
      earlyMedia: { tone: 620 },
      answerAfterMs: undefined,
    };
    await it.call(RINGS, 'progress ringing early');
    await it.toneInPage(620);
  });

  test('an INVITE that is confirmed after the answer takes nothing back', async () => {
    it.gateway.faults.invite = 'late';
    await it.call(ORDINARY, 'answered signalling');
    await it.toneInPage();
    await it.toneAtPhone(ORDINARY);
    const said = await it.said();
    expect(said).not.toContain('acknowledged');
    expect(said.at(-1)).toBe('remote-stream');
    await it.hangup();
    await it.says('ended local final');
    await it.phonesQuiet();
  });

  test('an INVITE that is confirmed after early media does not hide the answer', async () => {
    it.gateway.faults.invite = 'late';
    it.lab.network.phone(ORDINARY).behaviour = { earlyMedia: { tone: 620 }, answerAfterMs: 400 };
    await it.call(ORDINARY, 'answered signalling');
    await it.toneInPage();
    await it.toneAtPhone(ORDINARY);
    expect(await vendorState()).toBe('trying');
  });

  test('a report that throws does not reach the vendor, which would hang up', async () => {
    await it.call(ORDINARY, 'answered signalling', { throwsAt: 'acknowledged' });
    await it.toneAtPhone(ORDINARY);
    expect(await it.page.page.evaluate(() => globalThis.adapterPage.logged)).toHaveLength(1);
    expect(it.page.pageErrors).toEqual([]);
  });

  test('an INVITE that nobody answers stays silent, and its hang-up is unproven', async () => {
    it.gateway.faults.invite = 'swallow';
    await it.call(ORDINARY, 'sent');
    await it.quiet(500);
    expect(await it.said()).toEqual(['peer-connection', 'sent']);
    await it.hangup();
    await it.says('ended local');
  });
});

describe('why it ended', () => {
  test.each([
    ['+12025550101', 'call/busy'],
    ['+12025550103', 'call/rejected'],
    ['+12025550104', 'call/invalid-number'],
    ['+12025550105', 'provider/server-error'],
    ['+12025550117', 'call/invalid-number'],
  ])('%s: the far side has said so', async (number, code) => {
    await it.call(number, `ended remote final ${code}`);
  });

  test('cancelled while it rings: no busy line, and proven', async () => {
    await it.call(RINGS, 'progress ringing');
    await it.hangup();
    await it.says('ended local final');
    expect(it.lab.network.history(RINGS).at(-1)?.type).toBe('cancelled');
  });

  test('hung up in the moment of sending: first the INVITE is written, then its BYE', async () => {
    await it.call(RINGS, 'ended local final', { hangsUpAt: 'sent' });
    const methods = it.gateway.frames
      .filter(({ from }) => from === 'browser')
      .map(({ text }) => (JSON.parse(text) as { method?: string }).method)
      .filter((method) => method === 'telnyx_rtc.invite' || method === 'telnyx_rtc.bye');
    expect(methods).toEqual(['telnyx_rtc.invite', 'telnyx_rtc.bye']);
    await it.phonesQuiet();
  });

  test('an INVITE that the gateway refuses is no busy line, and proves nothing', async () => {
    it.gateway.faults.invite = 'error';
    await it.call(ORDINARY, 'ended network provider/server-error');
  });

  test('kicked by the server: the call and the session are lost, and it is said', async () => {
    await it.call(ORDINARY, 'answered signalling');
    it.gateway.punt();
    await it.says('ended network network/signalling-lost');
    await it.connectionSays('failed network/signalling-lost');
    await it.closeSession();
    await it.nothingLeft();
  });

  test('hung up by the callee after the answer: no error', async () => {
    await it.call(ORDINARY, 'answered signalling');
    it.lab.network.phone(ORDINARY).hangUp();
    await it.says('ended remote final');
  });

  test('a hang-up without an answer is not taken for a proof', async () => {
    await it.call(RINGS, 'progress ringing');
    it.gateway.faults.bye = 'swallow';
    await it.hangup();
    await it.says('ended local', 4_000);
    expect(it.lab.network.liveCalls).toBe(1);
  });
});

describe('the callee answers while it is being cancelled', () => {
  test('the answer is told with its sound kept, and a second hang-up ends it', async () => {
    await it.call(GLARE, 'progress ringing');
    await it.hangup();
    await it.says('answered signalling');
    await it.toneInPage();
    await it.toneAtPhone(GLARE);
    await it.hangup();
    await it.says('ended local final');
    await it.phonesQuiet();
  });

  test('the carrier hangs up at once: ended by the far side', async () => {
    await it.call('+12025550119', 'progress ringing');
    await it.hangup();
    await vi.waitFor(async () => expect((await it.said()).at(-1)).toMatch(/^ended \w+ final$/));
    await it.phonesQuiet();
  });
});
