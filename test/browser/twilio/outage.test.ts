import { describe, expect, test } from 'vitest';
import {
  type AdapterPage,
  eventually,
  NOTHING_LEFT,
  PATIENT,
  useAdapterLab,
} from './twilio-lab.js';

const it = useAdapterLab();
const NUMBER = '+12025550100';

const refuse = async () => {
  it.lab.twilio.faults.tcp = 'refuse';
  await it.lab.twilio.settled();
  it.lab.twilio.dropSockets();
};

async function talking(): Promise<AdapterPage> {
  const page = await it.page();
  await page.open();
  await page.talk();
  await it.lab.network.phone(NUMBER).waitFor('tone', PATIENT);
  return page;
}

describe('a socket that is lost in a call', () => {
  test('is told of once, however often the SDK tries, and so is its return (trap 15)', async () => {
    const page = await talking();
    await refuse();
    expect(await page.until('interrupted')).toMatchObject({ error: 'network/signalling-lost' });
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect((await page.types()).filter((type) => type === 'interrupted').length).toBe(1);
    it.lab.twilio.resetFaults();
    await page.until('restored');
    expect((await page.types()).filter((type) => type === 'restored').length).toBe(1);
    expect(await page.types()).not.toContain('ended');
    // It is still the same call, and its hang-up arrives.
    await page.run('hangup');
    await it.lab.network.phone(NUMBER).waitFor('hung-up');
    expect(it.lab.network.rings(NUMBER)).toBe(1);
    await page.expectClean();
  });

  test('a hang-up meanwhile proves nothing, and is not sent later (trap 6)', async () => {
    const page = await talking();
    await refuse();
    await page.until('interrupted');
    await page.run('hangup');
    expect(await page.until('ended')).toMatchObject({ by: 'local', final: false });
    expect((await page.types()).at(-1)).toBe('connection failed');
    await page.run('release');
    it.lab.twilio.resetFaults();
    await it.lab.twilio.settled();
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(it.lab.network.liveCalls).toBe(1);
    expect(it.lab.twilio.openSockets).toBe(0);
    await page.expectClean();
  });

  test('without a way back the call is over for the SDK, which tells nobody (trap 5)', async () => {
    it.lab.twilio.settings.reconnectTokens = false;
    const page = await talking();
    it.lab.twilio.dropSockets();
    expect(await page.until('ended')).toMatchObject({
      by: 'network',
      final: false,
      error: 'network/signalling-lost',
    });
    await page.until('connection failed');
    await page.expectClean();
    // The SDK's volume meter, twenty times a second, has stopped as well.
    await eventually(async () => (await page.resources()).timeouts).toBe(0);
  });

  test('the way back is refused: that says nothing about the far side', async () => {
    it.lab.twilio.faults.reattach = 'never';
    const page = await talking();
    it.lab.twilio.dropSockets();
    expect(await page.until('ended')).toMatchObject({
      by: 'network',
      final: false,
      error: 'network/reconnect-failed',
      providerCode: '31209',
    });
    await page.expectClean();
  });

  test('the far side hung up meanwhile', async () => {
    const page = await talking();
    await refuse();
    await page.until('interrupted');
    it.lab.network.phone(NUMBER).hangUp();
    it.lab.twilio.resetFaults();
    expect(await page.until('ended')).toMatchObject({ by: 'remote', final: true });
    await page.expectClean();
  });

  test('the session is closed meanwhile', async () => {
    const page = await talking();
    await refuse();
    await page.until('interrupted');
    await page.expectClean();
    expect(await page.types()).not.toContain('ended');
  });
});

test('media that is lost and repaired is told of once', async () => {
  const page = await talking();
  it.lab.network.phone(NUMBER).loseMedia();
  await eventually(() => page.types()).toEqual(expect.arrayContaining(['interrupted', 'restored']));
  expect(await page.until('interrupted')).toMatchObject({ error: 'media/connection-failed' });
  expect((await page.types()).filter((type) => type === 'interrupted').length).toBe(1);
  await page.expectClean();
  expect(await page.resources()).toMatchObject(NOTHING_LEFT);
});
