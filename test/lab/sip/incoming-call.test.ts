import { describe, expect, it, vi } from 'vitest';
import { got, useWireStage } from './wire-stage.js';

const stage = useWireStage();

describe('an incoming call', () => {
  it('rings, is answered, sends digits and hold, and is hung up by the lab', async () => {
    const client = await stage.registered();
    client.answers = ({ method }) => (method === 'INVITE' ? 180 : 200);
    const call = await stage.gateway.call('alice', {
      from: '+12025550177',
      params: { topic: 'a' },
    });
    await vi.waitFor(() => expect(call.responses).toMatchObject([{ status: 180 }]));
    const invite = client.request('INVITE');
    if (invite === undefined) throw new Error('No INVITE came');
    expect(invite.headers.get('x-topic')).toBe('a');
    expect(invite.headers.get('from')).toContain('sip:%2B12025550177@');
    client.reply(invite, 200, 'answer of the browser');
    await got(client, 'ACK');
    expect(call.state).toBe('answered');
    expect(stage.peers[0]?.asked).toContain('accept answer of the browser');
    client.inIncoming('INFO', invite, {
      headers: [['Content-Type', 'application/dtmf-relay']],
      body: 'Signal=7',
    });
    client.inIncoming('INVITE', invite, { body: 'a=sendonly' });
    await got(client, '200 INVITE');
    expect(call.digits).toEqual(['7']);
    expect(call.held).toBe(true);
    call.hangup();
    await got(client, 'BYE');
    expect(call.state).toBe('over');
    expect(stage.peers[0]?.asked.at(-1)).toBe('close');
  });

  it('is hung up by the browser', async () => {
    const client = await stage.registered();
    client.answers = () => 200;
    const call = await stage.gateway.call('alice');
    await got(client, 'ACK');
    const invite = client.request('INVITE');
    if (invite !== undefined) client.inIncoming('BYE', invite);
    await got(client, '200 BYE');
    expect(call.state).toBe('over');
  });

  it.each([486, 603])('is refused with %i', async (status) => {
    const client = await stage.registered();
    client.answers = () => status;
    const call = await stage.gateway.call('alice');
    await got(client, 'ACK');
    expect(call.responses).toMatchObject([{ status }]);
    expect(call.state).toBe('over');
  });

  it('is taken back', async () => {
    const client = await stage.registered();
    client.answers = ({ method }) => (method === 'INVITE' ? 180 : 200);
    const call = await stage.gateway.call('alice');
    await got(client, 'INVITE');
    call.cancel();
    await got(client, 'CANCEL');
    const invite = client.request('INVITE');
    if (invite !== undefined) client.reply(invite, 487);
    await got(client, 'ACK');
    expect(call.responses.map(({ status }) => status)).toEqual([180, 487]);
  });

  it('needs somebody who is registered', async () => {
    await expect(stage.gateway.call('alice')).rejects.toThrow('alice is not registered');
    await stage.registered();
    stage.gateway.dropSockets();
    await vi.waitFor(() => expect(stage.gateway.registered).toEqual([]));
    await expect(stage.gateway.call('alice')).rejects.toThrow();
  });
});
