// @vitest-environment node
// A module may make a Dialer at its top level, on a server too.
import { expect, test } from 'vitest';

const BROWSER = [
  'window',
  'document',
  'navigator',
  'localStorage',
  'sessionStorage',
  'AudioContext',
  'Audio',
  'RTCPeerConnection',
  'MediaStream',
];

test('importing the package and making a Dialer touches nothing of a browser and sets no timer', async () => {
  const touched: string[] = [];
  const before = BROWSER.map(
    (name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)] as const,
  );
  const { setTimeout, setInterval } = globalThis;
  const note = (name: string) => (): never => {
    touched.push(name);
    throw new Error(`${name} was touched`);
  };
  for (const [name] of before) {
    Object.defineProperty(globalThis, name, { configurable: true, get: note(name) });
  }
  try {
    const { Dialer } = await import('everdial');
    const { sandbox } = await import('everdial/providers/sandbox');
    Object.assign(globalThis, { setTimeout: note('setTimeout'), setInterval: note('setInterval') });
    const dialer = new Dialer({ providers: [sandbox()] });
    dialer.on('status-changed', () => undefined);
    dialer.subscribe(() => undefined)();
    expect(dialer.getSnapshot()).toMatchObject({ status: 'idle', calls: [] });
    expect(dialer.routes[0]).toMatchObject({ route: 'sandbox', connection: 'idle' });
  } finally {
    Object.assign(globalThis, { setTimeout, setInterval });
    for (const [name, descriptor] of before) {
      if (descriptor) Object.defineProperty(globalThis, name, descriptor);
      else Reflect.deleteProperty(globalThis, name);
    }
  }
  expect(touched).toEqual([]);
});

test('a call on a server ends with an explanation, and nothing keeps running', async () => {
  const { Dialer } = await import('everdial');
  const { sandbox, sandboxNumbers } = await import('everdial/providers/sandbox');
  expect(Dialer.support().problems.map(({ code }) => code)).toEqual(['support/not-a-browser']);
  const dialer = new Dialer({ providers: [sandbox()], logLevel: 'silent' });
  const { cause, error } = await dialer.dial(sandboxNumbers.answers).when('ended');
  expect([cause, error?.code]).toEqual(['blocked', 'support/not-a-browser']);
  await dialer.close();
  expect(dialer.status).toBe('closed');
});
