import { expect, test } from 'vitest';
import { tame } from '../../../../src/providers/telnyx/tame.js';
import { FakeTelnyx } from './fake-telnyx.js';

test('a login that causes itself again is let through once', async () => {
  const client = new FakeTelnyx({});
  let attempts = 0;
  const again = async (): Promise<void> => {
    attempts += 1;
    if (attempts < 100) await client.login();
  };
  client.login = again;
  tame(client);
  await client.login();
  expect(attempts).toBe(2);
  await client.login();
  expect(attempts).toBe(4);
});

test('a refusal that the vendor does not look at is still there for those who do', async () => {
  const client = new FakeTelnyx({});
  tame(client);
  const request = { jsonrpc: '2.0', id: '1', method: 'telnyx_rtc.info', params: {} } as const;
  void client.execute({ request });
  client.requests[0]?.refuse();
  const answer = client.execute({ request });
  client.requests[1]?.refuse();
  await expect(answer).rejects.toMatchObject({ code: -32002 });
});
