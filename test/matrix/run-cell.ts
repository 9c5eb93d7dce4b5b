import type { Browser } from 'playwright-core';
import { NOTHING_LEFT } from '../lab/browser/browser-lab.js';
import { type LabPage, openPage } from '../lab/browser/open-page.js';
import type { PageResources } from '../lab/browser/page-side/probe-types.js';
import { labNow } from '../lab/clock.js';
import type { Lab } from '../lab/start-lab.js';
import type { CarrierId, Cell, Order, Scene } from './cell.js';
import { compare } from './compare.js';
import { checkInvariants, FAREWELL_MS } from './invariants.js';
import type { Observation } from './observation.js';
import './page-side/page-types.js';

/** Where cells run. */
export interface Stage {
  readonly lab: Lab;
  readonly browser: Browser;
  /** Address of the page. */
  readonly url: string;
}

/** What came of a cell. */
export interface CellResult {
  readonly cell: Cell;
  readonly order: Order;
  /** What was wrong; empty when the cell has passed. */
  readonly problems: readonly string[];
  readonly observation: Observation;
  readonly durationMs: number;
}

const NUMBER = '+12025550177';
const LIMIT_MS = 25_000;
/** After the end: as long as late messages may still arrive. */
const SETTLE_MS = 300;

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Polls until it is true; gives false when it never was. */
async function eventually(is: () => boolean | Promise<boolean>, limitMs: number): Promise<boolean> {
  const until = labNow() + limitMs;
  for (;;) {
    if (await is()) return true;
    if (labNow() > until) return false;
    await sleep(5);
  }
}

/** Runs a cell in a page of its own, and judges it. Puts the lab back. */
export async function runCell(cell: Cell, order: Order, stage: Stage): Promise<CellResult> {
  const startedAt = labNow();
  const { lab } = stage;
  const expected = cell.expect[order];
  if (expected === undefined) throw new Error(`${cell.id} says nothing of ${order}`);
  const problems: string[] = [];
  await lab.reset();
  const scene = await openScene(cell, order, stage);
  const { page } = scene.page;
  let leftAtMs: number | undefined;
  page.on('framenavigated', (frame) => {
    if (frame === page.mainFrame()) leftAtMs = labNow();
  });
  try {
    await (cell.act ?? (({ dial }: Scene) => dial()))(scene);
    if (leftAtMs === undefined) await finish(cell, scene);
  } catch (error) {
    problems.push(error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error));
  }
  await sleep(SETTLE_MS);
  if (!cell.outOfReach) await eventually(() => lab.network.liveCalls === 0, FAREWELL_MS);
  const observation = await observe({ cell, order, scene, leftAtMs });
  await scene.page.close();
  await lab.reset();
  problems.push(...compare(observation, expected), ...checkInvariants(observation));
  return { cell, order, problems, observation, durationMs: labNow() - startedAt };
}

const CARRIERS: readonly CarrierId[] = ['telnyx', 'twilio', 'sip'];

const routesOf = (order: Order): readonly CarrierId[] => order.split('-') as CarrierId[];

/** Those of an order, then the others. */
function carriersOf(order: Order): readonly [CarrierId, CarrierId, ...CarrierId[]] {
  const all = [...new Set([...routesOf(order), ...CARRIERS])];
  return all as [CarrierId, CarrierId, ...CarrierId[]];
}

async function openScene(cell: Cell, order: Order, { lab, browser, url }: Stage): Promise<Scene> {
  const [first, second] = carriersOf(order);
  const phone = lab.network.phone(NUMBER);
  if (cell.phone) phone.behaviour = { ...cell.phone, via: first };
  const gateway = lab[first];
  const opened = await openPage(browser, { microphone: { tone: 700 }, ...cell.open });
  await cell.prepare?.(opened.context, first, lab);
  const scene = makeScene({
    lab,
    first,
    second,
    phone,
    gateway,
    otherGateway: lab[second],
    page: opened,
  });
  cell.arrange?.(scene);
  await Promise.all(CARRIERS.map((id) => lab[id].settled()));
  await opened.page.goto(url);
  const hosts = { telnyx: lab.telnyx.url, twilio: lab.twilio.host, sip: lab.sip.url };
  if (cell.host) hosts[first] = cell.host(lab, first);
  await opened.page.evaluate((config) => globalThis.everdialMatrix.create(config), {
    ...cell.page,
    hosts,
    routes: routesOf(order),
  });
  return scene;
}

type Parts = Pick<
  Scene,
  'lab' | 'first' | 'second' | 'phone' | 'gateway' | 'otherGateway' | 'page'
>;

function makeScene(parts: Parts): Scene {
  const { gateway, phone, page: opened } = parts;
  const { page } = opened;
  const must = async (found: Promise<boolean>, what: string) => {
    if (!(await found)) throw new Error(`${what} never came`);
  };
  return {
    ...parts,
    dial: () => page.evaluate((to) => globalThis.everdialMatrix.dial(to), phone.number),
    hangup: () => page.evaluate(() => globalThis.everdialMatrix.hangup()),
    until: (name) =>
      must(
        eventually(() => saw(opened, name), 10_000),
        name,
      ),
    untilWire: (pattern) =>
      must(
        eventually(() => gateway.frames.some(({ text }) => pattern.test(text)), 10_000),
        String(pattern),
      ),
    pause: sleep,
  };
}

const saw = ({ page }: LabPage, name: string): Promise<boolean> =>
  page.evaluate((wanted) => globalThis.everdialMatrix.saw(wanted), name);

/** Waits for the end; a conversation is heard by both sides and then hung up. */
async function finish(cell: Cell, scene: Scene): Promise<void> {
  const { page, phone } = scene;
  const interactive = async () =>
    (await saw(page, 'ended')) ||
    (await saw(page, 'active')) ||
    ((await saw(page, 'answered')) && (await saw(page, 'problem-changed')));
  await eventually(interactive, cell.limitMs ?? LIMIT_MS);
  if (await saw(page, 'ended')) return;
  if ((await saw(page, 'active')) && !cell.mute) {
    await phone.waitFor('tone', { timeoutMs: 3_000 });
    const hears = async () => Math.abs((await page.remoteTone(300)).frequency - 1400) < 50;
    // That packets arrive is known by `active`; after a repair it is worth hearing them.
    if (cell.phase === 'P5' && !(await eventually(hears, 3_000)))
      throw new Error('the page does not hear the phone');
  }
  await scene.hangup();
  await eventually(() => saw(page, 'ended'), 6_000);
}

async function observe({
  cell,
  order,
  scene,
  leftAtMs,
}: {
  readonly cell: Cell;
  readonly order: Order;
  readonly scene: Scene;
  readonly leftAtMs: number | undefined;
}): Promise<Observation> {
  const { lab, first, page: opened } = scene;
  const carriers = carriersOf(order);
  // Before the Dialer is closed, because that may end what the call's end should have ended.
  const phone = [...lab.network.events];
  const atMs = labNow();
  const gone = leftAtMs !== undefined;
  // A socket that is being closed waits for its network.
  await opened.context.setOffline(false);
  if (!gone) await opened.page.evaluate(() => globalThis.everdialMatrix.close());
  const record = gone
    ? undefined
    : await opened.page.evaluate(() => globalThis.everdialMatrix.record());
  let left: PageResources | undefined;
  if (!gone) {
    await eventually(async () => {
      left = await opened.resources();
      return Object.keys(NOTHING_LEFT).every((name) => left?.[name as keyof PageResources] === 0);
    }, 3_000);
  }
  return {
    carriers,
    maxSwitches: cell.page?.maxSwitches ?? 1,
    record,
    leftAtMs,
    phone,
    invites: carriers
      .flatMap((carrier) =>
        lab[carrier].invites.map(({ atMs, params }) => ({
          carrier,
          atMs,
          callId: params['everdial-call-id'],
          attempt: params['everdial-attempt'],
        })),
      )
      .sort((one, other) => one.atMs - other.atMs),
    logins: lab[first].logins.length,
    endings: endingsOf(lab),
    left,
    pageErrors: opened.pageErrors,
    consoleErrors: opened.consoleErrors,
    roundTripMs: 2 * Math.max(...CARRIERS.map((id) => lab[id].faults.delayMs)),
    outOfReach: cell.outOfReach ?? false,
    atMs,
  };
}

/**
 * Frames in which a carrier says that a call is over: its own end, the word on ours, a refused INVITE. On SIP a challenge is
 * none, and neither is the word on a CANCEL: it is the INVITE's own answer that counts.
 */
const ENDINGS: Readonly<Record<CarrierId, RegExp>> = {
  telnyx: /"method":"telnyx_rtc\.bye"|"message":"CALL ENDED"|"error":\{"code":-3200[23]/,
  twilio: /"type":"hangup"/,
  sip: /^(?:BYE |SIP\/2\.0 (?:2.*^CSeq: \d+ BYE|(?!40[17].*-Authenticate:)[3-6].*^CSeq: \d+ INVITE))/ms,
};

function endingsOf(lab: Lab): Observation['endings'] {
  const words = CARRIERS.flatMap((carrier) =>
    lab[carrier].frames
      .filter(({ from, text }) => from === 'gateway' && ENDINGS[carrier].test(text))
      .map(({ atMs }) => ({ carrier, atMs })),
  );
  const server = lab.calls.requests
    .filter(({ action }) => action === 'end-leg')
    .map(({ atMs }) => ({ carrier: 'server' as const, atMs }));
  return [...words, ...server];
}
