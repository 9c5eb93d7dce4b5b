import { buildPage } from '../test/lab/browser/build-page.js';
import type { LabPage } from '../test/lab/browser/open-page.js';
import { strongestFrequency } from '../test/lab/media/frequency.js';
import { e164, type LabDigits } from '../test/telephony/lab/numbers.js';
import {
  DOMAIN,
  LOGIN,
  startTelephony,
  type Telephony,
} from '../test/telephony/lab/start-telephony.js';
import { reasonToSkip as noTelephony } from '../test/telephony/lab/tools.js';
import { type BrowserBehind, launchBehind } from '../test/telephony/network/browser-behind.js';
import { type Link, startLink } from '../test/telephony/network/link.js';
import { reasonToSkip as noLink } from '../test/telephony/network/reason-to-skip.js';
import '../test/telephony/network/network-page.js';
import type { Bench, Sample } from './bench.js';

/** The telephone path behind a link, and a browser on its other side. */
interface NetworkStage {
  readonly link: Link;
  readonly telephony: Telephony;
  readonly chromium: BrowserBehind;
  /** Path of the page. */
  readonly path: string;
}

/** Answers at once. */
const NUMBER: LabDigits = '5550100';
/** What the page's microphone says, and what the phone plays, in hertz. */
const PAGE_HZ = 1300;
const PHONE_HZ = 700;
/** How much sound is listened to at a time, milliseconds. */
const LISTEN_MS = 100;
const SILENT_WITHIN_MS = 3_000;
const HEARD_WITHIN_MS = 30_000;

/** One side's ear: whether it hears the other now. */
type Ear = () => Promise<boolean>;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Changes the browser's address in a call, and measures how long each side hears nothing. */
async function changeAddress(stage: NetworkStage): Promise<Sample> {
  const { link, telephony, chromium, path } = stage;
  await telephony.reset();
  const opened = await chromium.openPage(path, { microphone: { tone: PAGE_HZ } });
  const { page } = opened;
  try {
    const { username, token: password } = LOGIN;
    const config = { server: telephony.gateway.webSocket, domain: DOMAIN, username, password };
    await page.evaluate((made) => globalThis.networkPage.create(made), config);
    await page.evaluate((to) => globalThis.networkPage.dial(to), e164(NUMBER));
    const ears = { page: pageEar(opened), phone: phoneEar(telephony) };
    await Promise.all([heard(ears.page, true), heard(ears.phone, true)]);

    const changedAt = Date.now();
    await link.changeAddress();
    const back = async (ear: Ear) => {
      await heard(ear, false, SILENT_WITHIN_MS);
      await heard(ear, true, HEARD_WITHIN_MS);
      return Date.now() - changedAt;
    };
    const [pageMs, phoneMs] = await Promise.all([back(ears.page), back(ears.phone)]);
    const events = await page.evaluate(() => [...globalThis.networkPage.events]);
    await page.evaluate(() => globalThis.networkPage.call.hangup().then(() => undefined));
    await telephony.phone.waitFor('closed');
    if (telephony.rings(NUMBER) !== 1) throw new Error('it did not ring once');
    const moments = [
      ...events,
      { name: 'the page hears again', atMs: changedAt + pageMs },
      { name: 'the phone hears again', atMs: changedAt + phoneMs },
    ];
    return {
      figures: { page: pageMs, phone: phoneMs },
      timeline: moments
        .map(({ name, atMs }) => ({ name, atMs: atMs - changedAt }))
        .filter(({ atMs }) => atMs > 0)
        .sort((one, other) => one.atMs - other.atMs),
    };
  } finally {
    await opened.close();
  }
}

const pageEar =
  (opened: LabPage): Ear =>
  async () => {
    const { frequency } = await opened.remoteTone(LISTEN_MS);
    return Math.abs(frequency - PHONE_HZ) < 20;
  };

/** By the phone's own recording, which grows only with packets that arrive. */
const phoneEar =
  ({ phone }: Telephony): Ear =>
  async () => {
    const recorded = () => phone.recordings.at(-1)?.samples ?? new Int16Array();
    const before = recorded().length;
    await pause(LISTEN_MS);
    return Math.abs(strongestFrequency(recorded().subarray(before), 8_000) - PAGE_HZ) < 30;
  };

async function heard(ear: Ear, wanted: boolean, withinMs = 5_000): Promise<void> {
  const endsAt = Date.now() + withinMs;
  while ((await ear()) !== wanted) {
    if (Date.now() > endsAt) throw new Error(wanted ? 'nothing is heard' : 'it is still heard');
    await pause(10);
  }
}

async function openStage(): Promise<NetworkStage & { close(): Promise<void> }> {
  const link = await startLink();
  const [telephony, chromium, path] = await Promise.all([
    startTelephony({ address: link.gatewayAddress }),
    launchBehind(link),
    buildPage('test/telephony/network/network-page.ts'),
  ]);
  return {
    link,
    telephony,
    chromium,
    path,
    async close() {
      await chromium.close();
      await telephony.close();
      await link.close();
    },
  };
}

/** How long a call is without sound when the browser moves to another network. */
export const sipNetwork: Bench = {
  name: 'sip-network',
  title: "from a change of the browser's address to sound again",
  runs: 5,
  figures: [
    { key: 'page', title: 'page hears' },
    { key: 'phone', title: 'phone hears' },
  ],
  reasonToSkip: () => noLink() ?? noTelephony(),
  async open() {
    const stage = await openStage();
    return {
      cases: [
        {
          name: 'another address',
          group: 'in a call',
          limits: { page: { value: 6_000 }, phone: { value: 6_000 } },
          measure: () => changeAddress(stage),
        },
      ],
      close: stage.close,
    };
  },
};
