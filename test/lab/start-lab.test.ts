import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { labNow } from './clock.js';
import { WireClient as SipClient } from './sip/wire-client.js';
import { startLab } from './start-lab.js';
import { WireClient } from './telnyx/wire-client.js';

/** What keeps the process alive, by kind. The pipes are the test runner's. */
function handles(): Record<string, number> {
  const tally: Record<string, number> = {};
  for (const name of process.getActiveResourcesInfo()) {
    if (name !== 'PipeWrap') tally[name] = (tally[name] ?? 0) + 1;
  }
  return tally;
}

/** Waits for up to 2.5 s until there are no handles, and gives those that there are in the end. */
async function handlesLeft(): Promise<Record<string, number>> {
  for (let tries = 0; tries < 100 && Object.keys(handles()).length > 0; tries += 1) {
    // The timer of this pause is over when it has resolved, so it does not count.
    await setTimeout(25);
  }
  return handles();
}

describe('the lab', () => {
  it('starts within two seconds', async () => {
    const startedAt = labNow();
    const lab = await startLab();
    expect(labNow() - startedAt).toBeLessThan(2000);
    await lab.close();
  });

  it('leaves nothing behind, whatever was going on', async () => {
    expect(await handlesLeft()).toEqual({});
    const lab = await startLab();
    const client = await new WireClient(lab.telnyx.url).opened();
    client.login();
    await vi.waitFor(() => expect(client.order).toContain('telnyx_rtc.clientReady'));
    client.invite('+12025550107');
    const twilio = new WebSocket(`ws://${lab.twilio.plainHost}/signal`);
    await once(twilio, 'open');
    const sip = await new SipClient(lab.sip.url, { bearer: 'lab' }).opened();
    sip.register();
    await vi.waitFor(() => expect(sip.order).toContain('200 REGISTER'));
    sip.invite('+12025550108');
    const incoming = await lab.sip.call('alice');
    expect(incoming.state).toBe('calling');
    lab.sip.settings.orphanTimeoutMs = 10_000;
    lab.telnyx.faults.delayMs = 10_000;
    lab.sip.faults.delayMs = 10_000;
    sip.register();
    client.send('telnyx_rtc.ping', {});
    lab.telnyx.faults.tcp = 'black-hole';
    lab.tokens.faults.delayMs = 10_000;
    const token = fetch(lab.url('/voice-token/telnyx'), { method: 'POST' }).catch(() => 'cut');
    await vi.waitFor(() => expect(lab.tokens.requests.length).toBe(1));
    expect(handles()).toHaveProperty('TCPServerWrap');
    await lab.close();
    expect(await token).toBe('cut');
    expect(await handlesLeft()).toEqual({});
  });

  it('is as new after a reset', async () => {
    const lab = await startLab();
    const client = await new WireClient(lab.telnyx.url).opened();
    client.login();
    await vi.waitFor(() => expect(client.order).toContain('telnyx_rtc.clientReady'));
    lab.network.phone('+12025550107').behaviour = { plays: 'echo' };
    lab.telnyx.faults.ringing = 'swallow';
    lab.twilio.faults.answer = 'swallow';
    lab.sip.faults.bye = 'swallow';
    lab.sip.sipFaults.garbage = true;
    client.invite('+12025550107');
    await lab.network.phone('+12025550107').waitFor('arrived');
    await lab.reset();
    expect(lab.network.events).toEqual([]);
    expect(lab.network.liveCalls).toBe(0);
    expect(lab.network.phone('+12025550107').behaviour.answerAfterMs).toBeUndefined();
    expect(lab.telnyx.faults.ringing).toBe('ok');
    expect(lab.twilio.faults.answer).toBe('ok');
    expect(lab.sip.faults.bye).toBe('ok');
    expect(lab.sip.sipFaults.garbage).toBe(false);
    expect(lab.telnyx.invites).toEqual([]);
    await lab.close();
  });
});

describe('a slow line', () => {
  it('makes the same of the handshakes of all carriers, with TLS or without', async () => {
    const lab = await startLab();
    const took = async (url: string): Promise<number> => {
      const startedAt = labNow();
      const socket = new WebSocket(url, { rejectUnauthorized: false });
      await once(socket, 'open');
      socket.terminate();
      return labNow() - startedAt;
    };
    for (const { faults, settings } of [lab.telnyx, lab.twilio, lab.sip]) {
      expect(settings.handshakeRoundTrips).toBe(3);
      faults.delayMs = 50;
    }
    const all = [
      await took(lab.telnyx.url),
      await took(`wss://${lab.twilio.host}/signal`),
      await took(`ws://${lab.twilio.plainHost}/signal`),
      await took(lab.sip.url),
    ];
    // Less than a round trip of 100 ms apart.
    expect(Math.min(...all)).toBeGreaterThan(295);
    expect(Math.max(...all)).toBeLessThan(Math.min(...all) + 100);
    await lab.close();
  });
});

describe('the web server', () => {
  it('gives tokens to any origin, another each time', async () => {
    const lab = await startLab();
    const ask = (provider: string): Promise<Response> =>
      fetch(lab.url(`/voice-token/${provider}`), {
        method: 'POST',
        headers: { origin: 'https://shop.example' },
        body: '{"to":"+12025550100"}',
      });
    const first = await ask('telnyx');
    expect(first.headers.get('access-control-allow-origin')).toBe('https://shop.example');
    expect(await first.text()).toBe('lab-telnyx-1');
    expect(await (await ask('twilio')).text()).toBe('lab-twilio-2');
    expect(lab.tokens.requests).toMatchObject([
      { provider: 'telnyx', body: '{"to":"+12025550100"}' },
      { provider: 'twilio' },
    ]);
    Object.assign(lab.tokens.faults, { status: 503, retryAfter: '2' });
    const refused = await ask('telnyx');
    expect(refused.status).toBe(503);
    expect(refused.headers.get('retry-after')).toBe('2');
    Object.assign(lab.tokens.faults, { status: 200, body: 'bad-token' });
    expect(await (await ask('telnyx')).text()).toBe('bad-token');
    lab.tokens.faults.drop = true;
    await expect(ask('telnyx')).rejects.toThrow();
    expect((await fetch(lab.url('/voice-token/telnyx'))).status).toBe(405);
    await lab.close();
  });

  it('fails for one provider, and for so many times', async () => {
    const lab = await startLab();
    const ask = async (provider: string): Promise<number> =>
      (await fetch(lab.url(`/voice-token/${provider}`), { method: 'POST' })).status;
    Object.assign(lab.tokens.faults, { status: 500, provider: 'telnyx', times: 1 });
    expect([await ask('twilio'), await ask('telnyx'), await ask('telnyx')]).toEqual([
      200, 500, 200,
    ]);
    await lab.close();
  });

  it('ends legs for the application, and says so as it is told to', async () => {
    const lab = await startLab();
    const end = async (): Promise<string> => {
      const body = JSON.stringify({ callId: 'call-1', attempt: 1 });
      return (await fetch(lab.url('/end-leg'), { method: 'POST', body })).text();
    };
    expect(await end()).toBe('ended');
    lab.calls.faults.fate = 'answered';
    expect(await end()).toBe('answered');
    expect(lab.calls.requests).toMatchObject([
      { action: 'end-leg', callId: 'call-1' },
      { action: 'end-leg', callId: 'call-1' },
    ]);
    lab.calls.faults.drop = true;
    await expect(end()).rejects.toThrow();
    await lab.close();
  });

  it('serves pages and nothing outside their folder', async () => {
    const lab = await startLab();
    expect((await fetch(lab.url('/blank'))).status).toBe(200);
    expect((await fetch(lab.url('/pages/none.html'))).status).toBe(404);
    expect((await fetch(lab.url('/pages/..%2f..%2fpackage.json'))).status).toBe(404);
    expect((await fetch(lab.url('/other'))).status).toBe(404);
    await lab.close();
  });
});
