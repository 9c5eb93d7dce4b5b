import { describe, expect, test } from 'vitest';
import { TelnyxStage, useBrowserParts } from './telnyx-stage.js';

useBrowserParts();

describe('opening', () => {
  test('forgets an older session before it connects, and silences the console', async () => {
    const stage = new TelnyxStage();
    await stage.open();
    expect(stage.client.said).toEqual(['clearReconnectToken', 'connect']);
    expect(stage.logLevels).toEqual(['silent']);
    expect(stage.connection).toEqual([]);
  });

  test('leaves the console alone where the application wants to see it', async () => {
    const stage = new TelnyxStage({ sdkOptions: { debug: true } });
    await stage.open();
    expect(stage.logLevels).toEqual([]);
  });

  test('shortens the ICE servers of the vendor, and no others', async () => {
    const stage = new TelnyxStage();
    await stage.open();
    expect(stage.client.iceServers.map(({ urls }) => urls)).toEqual([
      'stun:one.example.com',
      'turn:one.example.com',
    ]);
    const other = new TelnyxStage({ sdkOptions: { iceServers: [] } });
    await other.open();
    expect(other.client.iceServers).toHaveLength(3);
  });

  test.each([
    [45002, 'provider/unreachable'],
    [45004, 'provider/server-error'],
    [46001, 'auth/token-rejected'],
    [48001, 'network/offline'],
  ])('error %i rejects with %s and cleans up', async (code, expected) => {
    const stage = new TelnyxStage();
    const outcome = stage.opening();
    await stage.settle();
    await expect.poll(() => stage.clients.length).toBe(1);
    stage.client.error(code);
    expect(await stage.clock.until(outcome)).toBe(expected);
    expect(stage.client.said).toContain('disconnect');
    expect(stage.client.handlers).toBe(0);
  });

  test('a socket that closes without an error rejects, too', async () => {
    const stage = new TelnyxStage();
    const outcome = stage.opening();
    await expect.poll(() => stage.clients[0]?.said.includes('connect')).toBe(true);
    stage.client.goDown();
    expect(await stage.clock.until(outcome)).toBe('provider/unreachable');
  });

  test('registration that fails behind an accepted login is not the token', async () => {
    const stage = new TelnyxStage();
    const outcome = stage.opening();
    await expect.poll(() => stage.clients[0]?.said.includes('connect')).toBe(true);
    stage.client.frame('clientReady');
    stage.client.error(46001);
    expect(await stage.clock.until(outcome)).toBe('provider/server-error');
  });

  test('stops with the signal', async () => {
    const stage = new TelnyxStage();
    const outcome = stage.opening();
    await expect.poll(() => stage.clients[0]?.said.includes('connect')).toBe(true);
    stage.abort.abort();
    expect(await stage.clock.until(outcome)).toBe('state/aborted');
    await stage.settle();
    expect(stage.client.said).toContain('socketDisconnect');
    stage.client.comeUp();
    expect(stage.connection).toEqual([]);
  });
});

describe('the connection', () => {
  test('lost and repaired, told once each; a late word of an old socket is not heard', async () => {
    const stage = new TelnyxStage();
    await stage.open();
    stage.client.goDown();
    stage.client.emit('telnyx.socket.error', {});
    stage.client.comeUp();
    stage.client.emit('telnyx.socket.close', {});
    expect(stage.connection).toEqual(['reconnecting network/signalling-lost', 'ready']);
  });

  test.each([
    [45001, 'provider/unreachable'],
    [45003, 'network/reconnect-failed'],
    [45004, 'provider/server-error'],
  ])('error %i later is its end: %s', async (code, expected) => {
    const stage = new TelnyxStage();
    await stage.dialled('answered');
    stage.client.error(code);
    stage.client.error(code);
    expect(stage.connection).toEqual([`failed ${expected}`]);
    expect(stage.said.at(-1)).toBe(`ended network ${expected}`);
  });

  test.each([45002, 47001, 48001, 44001])('error %i later is not', async (code) => {
    const stage = new TelnyxStage();
    await stage.open();
    stage.client.error(code);
    expect(stage.connection).toEqual([]);
    expect(stage.logged).toHaveLength(1);
  });

  test('lost too often in a short time is given up', async () => {
    const stage = new TelnyxStage();
    await stage.open();
    for (let loss = 1; loss <= 5; loss += 1) {
      stage.client.goDown();
      stage.client.comeUp();
      await stage.clock.advance(1_000);
    }
    expect(stage.connection.at(-1)).toBe('failed network/reconnect-failed');
  });

  test('lost as often in a long time is not', async () => {
    const stage = new TelnyxStage();
    await stage.open();
    for (let loss = 1; loss <= 8; loss += 1) {
      stage.client.goDown();
      stage.client.comeUp();
      await stage.clock.advance(10_000);
    }
    expect(stage.connection.at(-1)).toBe('ready');
  });

  test('a kick by the server is its end, with the calls', async () => {
    const stage = new TelnyxStage();
    await stage.dialled('ringing');
    stage.client.frame('punt');
    expect(stage.said.at(-1)).toBe('ended network network/signalling-lost');
    expect(stage.connection).toEqual(['failed network/signalling-lost']);
  });
});

describe('tokens', () => {
  test('the vendor warns of the end of one', async () => {
    const stage = new TelnyxStage();
    await stage.open();
    stage.client.emit('telnyx.warning', { warning: { code: 34001, name: 'TOKEN_EXPIRING_SOON' } });
    stage.client.emit('telnyx.warning', { warning: { code: 31001, name: 'HIGH_RTT' } });
    expect(stage.connection).toEqual(['token-expiring']);
  });

  test('a fresh one is used at once between calls', async () => {
    const stage = new TelnyxStage();
    await stage.open();
    const update = stage.session.updateToken?.({ token: 'fresh' });
    expect(stage.client.logins[0]?.creds).toEqual({ login_token: 'fresh' });
    stage.client.logins[0]?.onSuccess?.();
    await update;
  });

  test('a fresh one that is refused is told to whoever brought it', async () => {
    const stage = new TelnyxStage();
    await stage.open();
    const update = stage.session.updateToken?.({ token: 'fresh' });
    stage.client.error(46001);
    stage.client.logins[0]?.onError?.({});
    await expect(update).rejects.toMatchObject({ code: 'auth/token-rejected' });
    expect(stage.connection).toEqual([]);
  });

  test('a fresh one waits for the next login while there is a call, or no socket', async () => {
    const stage = new TelnyxStage();
    await stage.dialled('answered');
    await stage.session.updateToken?.({ token: 'fresh' });
    expect(stage.client.options.login_token).toBe('fresh');
    stage.leg.release();
    stage.client.goDown();
    await stage.session.updateToken?.({ token: 'fresher' });
    expect(stage.client.options.login_token).toBe('fresher');
    expect(stage.client.logins).toEqual([]);
  });

  test('one that is over when the socket comes back is renewed once', async () => {
    const stage = new TelnyxStage();
    await stage.dialled('answered');
    stage.client.goDown();
    stage.client.error(46001);
    await stage.settle();
    expect(stage.tokens).toEqual(['first', 'refused']);
    expect(stage.client.logins[0]?.creds).toEqual({ login_token: 'token-2' });
    stage.client.error(46001);
    expect(stage.connection.at(-1)).toBe('failed auth/token-rejected');
  });
});

describe('a call over a lost connection', () => {
  test('is taken up again in another object, with the same track', async () => {
    const stage = new TelnyxStage();
    await stage.dialled('answered');
    const old = stage.call;
    stage.client.goDown();
    stage.client.comeUp([old.id]);
    expect(stage.said.at(-1)).toBe('interrupted');
    const next = old.repair();
    await stage.settle();
    expect(old.options.localStream).toBeUndefined();
    expect(next.options.localStream?.getTracks()).toEqual(stage.stream?.getTracks());
    expect(next.options['preferred_codecs']).toBe(old.options['preferred_codecs']);
    expect(stage.leg.native).toBe(next);
    next.become('active');
    old.become('destroy');
    await stage.settle();
    expect(stage.said.slice(-3)).toEqual(['interrupted', 'peer-connection', 'restored']);
    expect(stage.stream?.getTracks()[0]?.readyState).toBe('live');
  });

  test('is not back by what the old object still says', async () => {
    const stage = new TelnyxStage();
    await stage.dialled('answered');
    stage.client.goDown();
    stage.call.become('active');
    expect(stage.said.at(-1)).toBe('interrupted');
  });

  test('that was answered meanwhile is told as assumed', async () => {
    const stage = new TelnyxStage();
    await stage.dialled('ringing');
    stage.client.goDown();
    const next = stage.call.repair();
    await stage.settle();
    next.become('active');
    expect(stage.said.slice(-2)).toEqual(['answered assumed', 'restored']);
  });

  test.each([
    ['still there', true],
    ['not listed', false],
  ])('that rings is back when it is %s: %s', async (_, listed) => {
    const stage = new TelnyxStage();
    await stage.dialled('ringing');
    stage.client.goDown();
    stage.client.comeUp(listed ? [stage.call.id] : []);
    expect(stage.said.at(-1) === 'restored').toBe(listed);
  });

  test('hung up meanwhile: said when logged in again, and proven by the answer', async () => {
    const stage = new TelnyxStage();
    await stage.dialled('ringing');
    stage.client.goDown();
    stage.leg.hangup();
    expect(stage.client.requests).toEqual([]);
    stage.client.comeUp([stage.call.id]);
    expect(stage.client.requests).toHaveLength(1);
    stage.client.requests[0]?.accept();
    await stage.settle();
    expect(stage.said.at(-1)).toBe('ended local final');
  });

  test('hung up and lost on the way: said again when logged in again', async () => {
    const stage = new TelnyxStage();
    await stage.dialled('ringing');
    stage.leg.hangup();
    stage.client.goDown();
    stage.client.requests[0]?.lose();
    await stage.settle();
    stage.client.comeUp([stage.call.id]);
    expect(stage.client.requests).toHaveLength(2);
  });

  test.each(['hung up', 'released'])(
    '%s meanwhile: what the vendor takes up is ended, without a microphone',
    async (how) => {
      const stage = new TelnyxStage();
      await stage.dialled('answered');
      const old = stage.call;
      stage.client.goDown();
      stage.leg.hangup();
      if (how === 'released') stage.leg.release();
      stage.client.comeUp([old.id]);
      const next = old.repair();
      expect(next.options.localStream?.getTracks()).toEqual([]);
      await stage.settle();
      expect(next.hangups).toEqual([false]);
      expect(stage.client.requests.length).toBeGreaterThan(0);
    },
  );
});

describe('closing', () => {
  test('asks the gateway first, waits a little, and leaves nothing', async () => {
    const stage = new TelnyxStage();
    await stage.dialled('answered');
    const { call } = stage;
    const closing = stage.session.close();
    expect(stage.stream?.getTracks()[0]?.readyState).toBe('ended');
    expect(stage.client.said).not.toContain('disconnect');
    await stage.clock.until(closing);
    expect(call.hangups).toEqual([false]);
    expect(stage.client.said.slice(2)).toEqual([
      'clearReconnectToken',
      'disconnect',
      'socketDisconnect',
      'clearReconnectToken',
    ]);
    expect(stage.client.handlers).toBe(0);
    expect(stage.clock.pendingTimers).toBe(0);
    expect(stage.said.at(-1)).toBe('answered signalling');
  });

  test('twice is once', async () => {
    const stage = new TelnyxStage();
    await stage.open();
    await stage.clock.until(Promise.all([stage.session.close(), stage.session.close()]));
    expect(stage.client.said.filter((line) => line === 'disconnect')).toHaveLength(1);
  });

  test('a hang-up is written in the turn in which it is asked for: a page that is left has no other', async () => {
    const stage = new TelnyxStage();
    await stage.dialled('answered');
    stage.leg.hangup();
    expect(stage.client.requests.map(({ method }) => method)).toEqual(['telnyx_rtc.bye']);
  });
});
