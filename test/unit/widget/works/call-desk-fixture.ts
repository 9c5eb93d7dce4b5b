import { Dialer, type DialOptions } from 'everdial';
import { type SandboxOptions, sandbox } from 'everdial/providers/sandbox';
import { type TestEnvironmentOptions, testEnvironment } from 'everdial/testing';
import { afterEach, vi } from 'vitest';
import { h } from '../../../../src/widget/dom/h.js';
import { addProviderNames } from '../../../../src/widget/provider-names.js';
import { sceneOf } from '../../../../src/widget/scene-of.js';
import { CallDesk } from '../../../../src/widget/works/call-desk.js';
import { readSettings } from '../../../../src/widget/works/settings.js';

/** A number of the sandbox that answers. */
export const TO = '+12025550100';
const open: CallDesk[] = [];

addProviderNames({ 'desk-a': sandbox, 'desk-b': () => sandbox({ route: 'b' }) });

afterEach(() => {
  for (const desk of open.splice(0)) desk.stop();
  vi.restoreAllMocks();
});

/** What a desk is made of. */
export interface DeskOptions extends TestEnvironmentOptions {
  readonly attributes?: Record<string, string>;
  readonly provider?: SandboxOptions;
  readonly dialOptions?: DialOptions;
}

/** A desk with a Dialer over the sandbox on simulated time, and what it told. */
export function furnish({
  attributes = {},
  provider,
  dialOptions = {},
  ...rest
}: DeskOptions = {}) {
  const environment = testEnvironment(rest);
  const { clock, media } = environment;
  const line = sandbox(provider);
  const makeDialer = () =>
    new Dialer({
      providers: [sandbox({ route: 'down', connection: 'refused' }), line],
      environment,
      logLevel: 'error',
      audio: { recoverMs: 60_000 },
    });
  const page: { dialer: Dialer | undefined } = { dialer: makeDialer() };
  const element = h('div', attributes);
  const told: string[] = [];
  for (const type of ['ready', 'before-call', 'error', 'switched', 'answered', 'ended']) {
    element.addEventListener(`everdial:${type}`, () => told.push(type));
  }
  let changes = 0;
  const desk = new CallDesk({
    element,
    clock,
    pageDialer: () => page.dialer,
    settings: () => readSettings(element, () => undefined),
    dialOptions: () => dialOptions,
    onChange: () => {
      changes += 1;
    },
    onSample: () => undefined,
  });
  open.push(desk);
  return {
    clock,
    media,
    line,
    page,
    element,
    told,
    desk,
    makeDialer,
    changes: () => changes,
    scene: () => sceneOf(desk.facts),
  };
}

/** Lets everything run that waits for nothing. */
export const turn = () => new Promise((resolve) => setTimeout(resolve));
