import { expect, inject, test } from 'vitest';
import { makeApplication } from './application.js';

const ENTRIES = [
  'everdial',
  'everdial/providers',
  'everdial/providers/telnyx',
  'everdial/providers/twilio',
  'everdial/providers/sip',
  'everdial/providers/sandbox',
  'everdial/testing',
  'everdial/global',
  'everdial/widget',
  'everdial/widget/define',
  'everdial/tel-links',
];

/** An application without the carriers' SDKs. */
const application = makeApplication(inject('installed'), {
  'import.js': `
    const names = {};
    for (const entry of ${JSON.stringify(ENTRIES)}) names[entry] = Object.keys(await import(entry)).sort();
    console.log(JSON.stringify(names));`,
  'require.cjs': `
    const names = {};
    for (const entry of ${JSON.stringify(ENTRIES)}) names[entry] = Object.keys(require(entry)).sort();
    console.log(JSON.stringify(names));`,
  'same-class.cjs': `
    const { DialerError, isDialerError } = require('everdial');
    const { testEnvironment } = require('everdial/testing');
    import('everdial').then(async (module) => {
      const environment = testEnvironment({ permission: 'denied' });
      const { sandbox } = await import('everdial/providers/sandbox');
      const dialer = new module.Dialer({ providers: [sandbox()], environment });
      const call = dialer.dial('+12025550100');
      const { error } = await environment.clock.until(call.when('ended'));
      console.log(module.DialerError === DialerError, error instanceof DialerError, isDialerError(error));
    });`,
  'server.js': `
    import { Dialer } from 'everdial';
    import { telnyx } from 'everdial/providers/telnyx';
    import { twilio } from 'everdial/providers/twilio';
    import { sip } from 'everdial/providers/sip';
    const before = Object.keys(globalThis).length;
    const dialer = new Dialer({ providers: [telnyx(), twilio(), sip({ server: 'wss://pbx.example.com', domain: 'pbx.example.com' })], getToken: () => 'token' });
    const call = dialer.dial('+14155550123');
    const { error } = await call.when('ended');
    console.log(dialer.getSnapshot().status, error.code, Dialer.support().ok, Object.keys(globalThis).length - before);`,
  'umd.cjs': `
    const everdial = require('everdial/umd');
    const { sandbox, Dialer } = everdial;
    new Dialer({ providers: [sandbox(), everdial.telnyx()], getToken: () => 'token' });
    console.log(Object.keys(everdial).sort().join(), globalThis.Everdial, everdial.version);`,
});

/** Values of each entry; the rest of what they export are types. */
const VALUES = {
  everdial: ['Dialer', 'DialerError', 'createFailover', 'isDialerError', 'warmUpOnIntent'],
  'everdial/providers': [],
  'everdial/providers/telnyx': ['telnyx'],
  'everdial/providers/twilio': ['twilio'],
  'everdial/providers/sip': ['sip'],
  'everdial/providers/sandbox': ['sandbox', 'sandboxNumbers'],
  'everdial/global': [],
  'everdial/widget': ['EverdialElement', 'LauncherElement', 'defineEverdial'],
  'everdial/widget/define': [],
  'everdial/tel-links': ['registerTelHandler', 'telFromLocation', 'watchTelLinks'],
};

test('each entry can be imported without the carriers’ SDKs, and exports what it should', () => {
  const names = JSON.parse(application.run('node', 'import.js')) as Record<string, string[]>;
  expect(names).toMatchObject(VALUES);
  expect(names['everdial/testing']).toEqual(
    expect.arrayContaining(['recordEvents', 'testEnvironment']),
  );
});

test('require gives the same', () => {
  const required = JSON.parse(application.run('node', 'require.cjs')) as Record<string, string[]>;
  const imported = JSON.parse(application.run('node', 'import.js')) as Record<string, string[]>;
  const withoutMark = Object.entries(required).map(([entry, names]) => [
    entry,
    names.filter((name) => name !== '__esModule'),
  ]);
  expect(Object.fromEntries(withoutMark)).toEqual(imported);
});

test('there is one DialerError, however and from wherever it comes', () => {
  expect(application.run('node', 'same-class.cjs').trim()).toBe('true true true');
});

test('on a server a Dialer can be made, and a call ends with an explanation', () => {
  const printed = application.run('node', 'server.js').trim();
  expect(printed).toMatch(/^\S+ support\/(not-a-browser|no-webrtc) false 0$/);
});

test('the script works as a CommonJS module and leaves the globals alone', () => {
  expect(application.run('node', 'umd.cjs').trim()).toMatch(
    /^Dialer,DialerError,cmd,createFailover,isDialerError,sandbox,sandboxNumbers,sip,telnyx,twilio,version,warmUpOnIntent,watchTelLinks undefined \d+\.\d+\.\d+$/,
  );
});
