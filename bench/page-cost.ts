import type { Page } from 'playwright-core';
import type { Bench, BenchCase, FigureLimits, Sample } from './bench.js';
import { ask, CALLED, CARRIERS, type CallerStage, openCallerStage } from './caller-stage.js';
import { buildSite, reasonForNoBuild, type SitePage } from './page-cost-site.js';
import { COST_FIGURES, PHASES, type Phase, type VisitedPage, visit } from './page-cost-visit.js';
import type { CarrierId } from './page-side/bench-page-types.js';

type Maker = 'raw SDK' | 'Dialer' | 'script tag';

const BUTTON = '<button>Call us</button><audio id="remoteMedia" autoplay></audio>';

/**
 * The two-line snippet. A site names its carriers and its token server by attributes; where the lab's carrier is can not be said
 * that way, so the page makes its Dialer itself, in the moment in which the element would.
 */
const SNIPPET = `<script async src="/everdial/embed/loader.js"></script>
<ever-dial to="${CALLED}" name="The shop"></ever-dial>
<script>
  const element = document.querySelector('ever-dial');
  const query = new URLSearchParams(location.search);
  element.addEventListener('pointerover', () => {
    Everdial.cmd.push((everdial) => {
      const carrier = query.get('carrier');
      const key = carrier === 'telnyx' ? 'host' : 'chunderw';
      element.dialer = new everdial.Dialer({
        providers: [everdial[carrier]({ sdkOptions: { [key]: query.get('host') } })],
        getToken: ({ provider, signal }) => fetch('/voice-token/' + provider, { method: 'POST', signal }),
      });
    });
  }, { once: true });
</script>`;

const SITE: Readonly<Record<string, SitePage>> = {
  telnyx: { entry: 'bench/page-side/telnyx-caller-page.ts', body: BUTTON },
  twilio: { entry: 'bench/page-side/twilio-caller-page.ts', body: BUTTON },
  dialer: { entry: 'bench/page-side/dialer-caller-page.ts', body: BUTTON },
  snippet: { body: SNIPPET },
};

/** What nobody may be asked for without a reason. */
const NOTHING_ELSEWHERE = { elsewhere: { value: 0 }, sounds: { value: 0 } };
const NOTHING_YET = {
  ...NOTHING_ELSEWHERE,
  sockets: { value: 0 },
  iceServers: { value: 0 },
  audioContexts: { value: 0 },
  microphones: { value: 0 },
};

type Limits = Readonly<Record<string, FigureLimits>>;

/** What a page may pay, in kilobytes and so on. */
const LIMITS: Readonly<Record<Phase, Limits>> = {
  // Core, both carriers' entries, the page itself and four heads of HTTP. Half of what a static SDK costs the page.
  'page at rest': { ...NOTHING_YET, bytes: { value: 24, ratio: 0.5 }, main: { ratio: 1 } },
  // One token, and one connection to the first carrier.
  interest: { ...NOTHING_YET, sockets: { value: 1 } },
  call: { ...NOTHING_ELSEWHERE, sockets: { value: 0 }, microphones: { value: 1 } },
  altogether: { ...NOTHING_ELSEWHERE, sockets: { value: 1 } },
};

/** What differs from one way to the other: the script tag brings a panel with it, which comes when it opens. */
const OWN_LIMITS: Readonly<Record<Exclude<Maker, 'raw SDK'>, Partial<Record<Phase, Limits>>>> = {
  Dialer: {
    // The page, its script, and two parts that Vite shares with what comes later.
    'page at rest': { requests: { value: 4 } },
    // All of it came with the interest.
    call: { requests: { value: 0 } },
    altogether: { bytes: { ratio: 1.8 } },
  },
  'script tag': {
    'page at rest': { requests: { value: 2 } },
    altogether: { bytes: { ratio: 2.5 } },
  },
};

function limitsOf(phase: Phase, maker: Maker): Limits | undefined {
  return maker === 'raw SDK' ? undefined : { ...LIMITS[phase], ...OWN_LIMITS[maker][phase] };
}

/** What a page pays for a call button before anybody calls, and for the call. */
export const page: Bench = {
  name: 'page',
  title: 'what a page with a call button pays: bytes, requests, main thread',
  runs: 3,
  quickRuns: 1,
  figures: COST_FIGURES,
  reasonToSkip: reasonForNoBuild,
  async open() {
    const stage = await openCallerStage([await buildSite(SITE)]);
    return { cases: CARRIERS.flatMap((carrier) => casesOf(stage, carrier)), close: stage.close };
  },
};

function casesOf(
  stage: CallerStage,
  [carrier, carrierName]: (typeof CARRIERS)[number],
): readonly BenchCase[] {
  const visits = new Map(
    (['raw SDK', 'Dialer', 'script tag'] as const).map((maker) => [
      maker,
      createVisits(() => visit(stage, visitedPage(stage, carrier, maker))),
    ]),
  );
  return PHASES.flatMap((phase) =>
    [...visits].map(
      ([maker, take]): BenchCase => ({
        group: `${carrierName}, ${phase}`,
        name: maker,
        against: maker === 'raw SDK' ? undefined : 'raw SDK',
        limits: limitsOf(phase, maker),
        quick: phase === 'page at rest' || phase === 'altogether',
        measure: take(phase),
      }),
    ),
  );
}

function visitedPage({ lab, query }: CallerStage, carrier: CarrierId, maker: Maker): VisitedPage {
  const at = (name: string): string => lab.url(`/site/${name}/index.html${query(carrier)}`);
  if (maker === 'script tag') {
    return {
      url: at('snippet'),
      button: 'ever-dial [part~="button"]',
      untilRinging: (tab: Page) =>
        tab.locator('ever-dial[data-state="ringing"]').waitFor({ state: 'attached' }),
    };
  }
  return {
    url: at(maker === 'Dialer' ? 'dialer' : carrier),
    button: 'button',
    untilRinging: (tab: Page) => ask({ page: tab }, 'ringing'),
  };
}

/** Each visit gives one sample to every part; the part that comes first makes it. */
function createVisits(
  make: () => Promise<Readonly<Record<Phase, Sample>>>,
): (phase: Phase) => () => Promise<Sample> {
  const visits: ReturnType<typeof make>[] = [];
  return (phase) => {
    let next = 0;
    return async () => {
      const mine = next;
      next += 1;
      visits[mine] ??= make();
      return (await visits[mine])[phase];
    };
  };
}
