// Budgets of what a page downloads, minified and gzipped. Raise a number only in the change that needs it, and say why there.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

const CORE = resolve('dist/index.js');

/** Files that a built file imports, now or later, with all that they import. */
function reach(path, seen = new Set()) {
  if (seen.has(path) || !existsSync(path)) return seen;
  seen.add(path);
  const text = readFileSync(path, 'utf8');
  for (const [, from] of text.matchAll(/(?:\bfrom |\bimport |\bimport\()"(\.[^"]+)"/g)) {
    reach(resolve(dirname(path), from), seen);
  }
  return seen;
}

/** Letters as they are built, not as escapes. */
const asBuilt = (config) => ({ ...config, charset: 'utf8' });

/** Leaves out imports of some kinds. */
const without = (isLeftOut) => (config) => ({
  ...asBuilt(config),
  logLevel: 'error',
  plugins: [
    ...(config.plugins ?? []),
    {
      name: 'without',
      setup(build) {
        build.onResolve({ filter: /.*/ }, (args) =>
          isLeftOut(args) ? { path: args.path, external: true } : undefined,
        );
      },
    },
  ],
});

/** A built file by the beginning of its name, whatever hash stands in it. */
const built = (folder, name) =>
  readdirSync(folder)
    .filter((file) => new RegExp(`^${name}(-[\\w-]{8})?\\.js$`).test(file))
    .map((file) => `${folder}/${file}`);

/** What is fetched later. */
const isLazy = ({ kind }) => kind === 'dynamic-import';

/** What the page has already, since it has the Dialer; and the SDK. */
const isCoreOrVendor = ({ path, resolveDir }) =>
  path.startsWith('@') || path === 'jssip' || reach(CORE).has(resolve(resolveDir, path));

const budget = (name, limit, path, more = {}) => ({ name, limit, path, gzip: true, ...more });

const core = (name, limit, isLeftOut) =>
  budget(`core { Dialer }, ${name}`, limit, 'dist/index.js', {
    import: '{ Dialer }',
    modifyEsbuildConfig: without(isLeftOut),
  });

/** All of a provider, whenever it is fetched, on top of the core. */
const provider = (id, limit = '6 kB') =>
  budget(`provider ${id}, SDK excluded`, limit, `dist/providers/${id}.js`, {
    import: `{ ${id} }`,
    modifyEsbuildConfig: without(isCoreOrVendor),
  });

/** What a page pays for offering calls over a provider, before anybody calls. */
const providerAtLoad = (id) =>
  budget(`provider ${id}, at page load`, '1.5 kB', `dist/providers/${id}.js`, {
    import: `{ ${id} }`,
    modifyEsbuildConfig: without((args) => isLazy(args) || isCoreOrVendor(args)),
  });

/** Fetched when somebody asks for it, never for a call. */
const isDiagnosis = ({ kind, path }) =>
  kind === 'dynamic-import' && /preflight|build-report/.test(path);

export default [
  // 14 kB until devices could be chosen: which there are, whether they are allowed and which are wanted comes with the page,
  // because the click opens the microphone.
  // 16 kB until calls could be prepared: a microphone that is open before the click, a token asked for in its own turn, and what
  // is late of a call's timeline.
  core('at page load', '16.8 kB', isLazy),
  // 28 kB until a call's sound was judged: statistics, MOS, what is wrong, tones, meters.
  // 37 kB until a call went without waiting for a slow microphone.
  core('with all that a call fetches', '39 kB', isDiagnosis),
  core('with preflight and report', '44 kB', () => false),
  providerAtLoad('telnyx'),
  providerAtLoad('twilio'),
  providerAtLoad('sip'),
  // 8.6 instead of 6: hanging up, taking a call up again and telling what a BYE means are ours here, because Telnyx's SDK
  // loses hang-ups, revives ended calls and names wrong causes. Of it 1.2 kB come with the page, the rest beside the SDK.
  provider('telnyx', '8.6 kB'),
  // 6 kB until the SDK kept neither ended calls nor an AudioContext.
  provider('twilio', '6.1 kB'),
  // 8.7 instead of 6, of which 0.8 are the tables of SIP and Q.850 and 0.6 what other adapters need as well: the socket with its
  // pings, the clocks, the end of gathering, re-INVITEs and every end of a call are ours, because JsSIP's cost calls.
  provider('sip', '8.7 kB'),
  provider('sandbox'),
  // 40 kB until carriers were switched after a failure, too: the decision table, the health of routes and the life of the page
  // are in it, as one file has no parts that are fetched later.
  // 42 kB until it had devices, quality, preflight and report; 58 kB until it had SIP; 64 kB until it watched telephone links;
  // 67 kB until it prepared for calls.
  budget('script tag, SDKs excluded', '69 kB', 'dist/umd/everdial.js'),
  // 3.00 until it let those who save data press first, and connected at the first sign.
  budget('loader: all that a page pays for its button', '3.1 kB', 'dist/embed/loader.js'),
  // On top of the core, which the page has then; views and languages come when they are needed.
  // 20 kB were planned from a drawing without what makes the calls; what opens in a call, help, bar, dial pad, opening hours are parts
  // of their own already.
  budget('widget with English', '22.5 kB', built('dist', 'works'), {
    import: '{ startWorks }',
    modifyEsbuildConfig: without((args) => isLazy(args) || isCoreOrVendor(args)),
  }),
  budget('loader: the rest, fetched by the first sign of interest', '53 kB', 'dist/embed/app.js'),
  budget('loader: telephone links', '6 kB', 'dist/embed/tel-links.js'),
  ...['es', 'fr', 'de', 'pt', 'ar', 'hi', 'ja', 'zh'].map((language) =>
    budget(`language ${language}`, '3.5 kB', built('dist/embed', language), {
      modifyEsbuildConfig: without(() => false),
    }),
  ),
  // Of it all but some kB are the tables of libphonenumber-js.
  budget('numbers', '62 kB', 'dist/umd/vendor/numbers.js'),
  // Theirs: recorded so that their growth is seen.
  budget("Telnyx's SDK beside the script", '80 kB', 'dist/umd/vendor/telnyx.js'),
  budget("Twilio's SDK beside the script", '50 kB', 'dist/umd/vendor/twilio.js'),
  budget('JsSIP beside the script', '60 kB', 'dist/umd/vendor/sip.js'),
];
