/** The gateway's faults make the real SDK do what it is known to do: the adapter is built against these. */
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Lab } from '../start-lab.js';
import { SdkLab } from './sdk-lab.js';

const ORDINARY = '+12025550100';
const RINGS = '+12025550107';

let sdk: SdkLab;
let lab: Lab;

beforeAll(async () => {
  sdk = await SdkLab.start();
  lab = sdk.lab;
});

afterEach(() => sdk.reset());

afterAll(() => sdk.close());

describe('the Telnyx SDK under faults', () => {
  it.each(['refuse', 'reset'] as const)('tries again when TCP is broken: %s', async (tcp) => {
    lab.telnyx.faults.tcp = tcp;
    await lab.telnyx.settled();
    await sdk.connect();
    await sdk.logged('error 45002', 'socket closed');
    lab.telnyx.faults.tcp = 'ok';
    await sdk.logged('ready');
  });

  it('says nothing while the port is a black hole or the login is not answered', async () => {
    lab.telnyx.faults.tcp = 'black-hole';
    await lab.telnyx.settled();
    await sdk.connect();
    await sdk.quiet(1500);
    expect(await sdk.log()).toEqual([]);
    await sdk.reset();

    lab.telnyx.faults.login = 'silent';
    await sdk.connect();
    await vi.waitFor(() => expect(lab.telnyx.logins.length).toBe(1), 5000);
    await sdk.quiet(1000);
    expect(await sdk.log()).toEqual([]);
  });

  it('reports a refused login, and keeps the socket', async () => {
    await sdk.connect({ login_token: 'bad-token' });
    await sdk.logged('error 46001');
    expect(lab.telnyx.openSockets).toBe(1);
  });

  it('calls a refused INVITE busy, with no SIP response', async () => {
    lab.telnyx.faults.invite = 'error';
    await sdk.logIn();
    await sdk.dial(ORDINARY);
    await sdk.logged('error 40005', 'state destroy');
    expect(await sdk.end()).toMatchObject({ cause: 'USER_BUSY', causeCode: 17, sipCode: null });
    expect(lab.network.events).toEqual([]);
  });

  it('stays in trying when the INVITE is confirmed late, though sound flows both ways', async () => {
    lab.telnyx.faults.invite = 'late';
    lab.network.phone(ORDINARY).behaviour = { earlyMedia: { tone: 620 } };
    await sdk.logIn();
    await sdk.dial(ORDINARY);
    await lab.network.phone(ORDINARY).waitFor('tone');
    await sdk.toneInPage(1400);
    const states = (await sdk.log()).filter((line) => line.startsWith('state'));
    expect(states.at(-1)).toBe('state trying');
  });

  it('keeps the microphone open while nobody confirms a hang-up', async () => {
    lab.telnyx.faults.bye = 'swallow';
    await sdk.logIn();
    await sdk.dial(ORDINARY);
    await sdk.logged('state active');
    void sdk.call('hangup').catch(() => {});
    await vi.waitFor(() =>
      expect(lab.telnyx.frames.some((frame) => frame.text.includes('telnyx_rtc.bye'))).toBe(true),
    );
    await sdk.quiet(500);
    expect((await sdk.page.resources()).liveTracks).toBeGreaterThan(0);
    expect(lab.network.liveCalls).toBe(1);
  });

  it('takes up a call again that was hung up while the socket was lost', async () => {
    await sdk.logIn();
    await sdk.dial(ORDINARY);
    await sdk.logged('state active');
    lab.telnyx.dropSockets();
    await sdk.logged('socket closed');
    await sdk.call('hangup').catch(() => {});
    await sdk.logged('socket closed', 'ready', 'state active');
    expect(lab.network.liveCalls).toBe(1);
    expect((await sdk.page.resources()).liveTracks).toBeGreaterThan(0);
  });

  it('calls the kick of a server an ordinary end, without an error', async () => {
    await sdk.logIn();
    await sdk.dial(ORDINARY);
    await sdk.logged('state active');
    lab.telnyx.punt();
    await sdk.logged('state purge', 'state destroy');
    expect(await sdk.end()).toMatchObject({ cause: 'NORMAL_CLEARING', sipCode: null });
    expect((await sdk.log()).filter((line) => line.startsWith('error'))).toEqual([]);
  });

  it('hears nothing of a phone that rings when ringing is swallowed, nor of an answer', async () => {
    Object.assign(lab.telnyx.faults, { ringing: 'swallow', answer: 'swallow' });
    await sdk.logIn();
    await sdk.dial(ORDINARY);
    await lab.network.phone(ORDINARY).waitFor('answered');
    await sdk.quiet(300);
    const log = await sdk.log();
    expect(log).not.toContain('raw telnyx_rtc.ringing');
    expect(log.at(-1)).toBe('state trying');
  });

  it('leaves a phone ringing when the socket is lost right after the INVITE', async () => {
    lab.telnyx.faults.invite = 'drop-after-placing';
    lab.telnyx.faults.reattach = 'never';
    await sdk.logIn();
    await sdk.dial(RINGS);
    await lab.network.phone(RINGS).waitFor('ring-start');
    await sdk.logged('socket closed', 'error 48501', 'state destroy');
    expect(lab.network.phone(RINGS).calls.length).toBe(1);
  });
});
