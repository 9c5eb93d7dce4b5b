// The layers of docs/architecture.md: imports point down only. test/architecture plants a violation of each rule.
const layer = (name, from, to, pathNot) => ({
  name,
  severity: 'error',
  from: { path: from },
  to: { path: to, ...(pathNot && { pathNot }) },
});

/** L0. */
const BOTTOM = 'core|errors';
/** L0 and L1: the contract stands in the files right under `providers`. */
const LOW = `${BOTTOM}|access|media|quality|providers/[^/]+\\.ts$`;

module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    layer('core-is-the-bottom', `^src/(${BOTTOM})/`, '^src/', `^src/(${BOTTOM})/`),
    layer(
      'contract-and-media-stay-low',
      `^src/(access/|media/|quality/|providers/[^/]+\\.ts$)`,
      '^src/',
      `^src/(${LOW})`,
    ),
    layer(
      'providers-are-islands',
      '^src/providers/([^/.]+)/',
      '^src/',
      `^src/(${BOTTOM}|access|providers/[^/]+\\.ts$|providers/$1/)`,
    ),
    layer('failover-knows-no-provider', '^src/failover/', '^src/', `^src/(${LOW}|failover/)`),
    layer(
      'dialer-knows-no-provider',
      '^src/(dialer|diagnostics)/',
      '^src/',
      `^src/(${LOW}|failover/|dialer/|diagnostics/)`,
    ),
    layer(
      'index-knows-no-provider',
      '^src/index\\.ts$',
      '^src/(providers/[^/.]+/|embed/|testing/)',
    ),
    layer(
      'intent-knows-no-more-than-a-dialer',
      '^src/intent/',
      '^src/',
      '^src/(core/|intent/|dialer/dialer\\.ts$)',
    ),
    layer(
      'widget-uses-the-public-api',
      '^src/widget/',
      '^src/',
      '^src/(index\\.ts$|widget/|numbers/index\\.ts$|intent/)',
    ),
    layer(
      'links-stand-on-the-core',
      '^src/tel-links/',
      '^src/',
      '^src/(index\\.ts$|core/|tel-links/|numbers/index\\.ts$)',
    ),
    layer('numbers-stand-on-the-core', '^src/numbers/', '^src/', '^src/(core|numbers)/'),
    layer(
      'nothing-below-knows-the-widget',
      '^src/(?!widget|tel-links|numbers|embed)',
      '^src/(widget|tel-links|numbers)/',
    ),
    layer('testing-knows-no-provider', '^src/testing/', '^src/(providers/[^/.]+/|embed/)'),
    layer('embed-ships-no-tests', '^src/embed/', '^src/testing/'),
    {
      name: 'one-place-names-a-vendor',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(providers/[^/]+/index\\.ts$|embed/vendor/)' },
      to: {
        path: '@telnyx/|@twilio/|node_modules/jssip/|^jssip$',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'nothing-from-node',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['core'], pathNot: '^events$' },
    },
    {
      name: 'nothing-from-the-tests',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(test|scripts|examples)/' },
    },
    {
      // The plans of all countries are built into the package, so that nobody has to install them.
      name: 'plans-of-countries-in-numbers-only',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/numbers/' },
      to: { path: 'node_modules/libphonenumber-js/' },
    },
    {
      name: 'only-declared-packages',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/numbers/' },
      to: {
        dependencyTypes: ['npm-dev', 'npm-no-pkg', 'unknown'],
        dependencyTypesNot: ['type-only', 'npm-peer'],
      },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
  },
};
