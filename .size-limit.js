// Budgets of what a page downloads, minified and gzipped. Raise a number only in the change that needs it, and say why there.

/** Leaves out what is fetched later, by `import()`. */
const atPageLoad = (config) => ({
  ...config,
  logLevel: 'error',
  plugins: [
    ...(config.plugins ?? []),
    {
      name: 'at-page-load',
      setup(build) {
        build.onResolve({ filter: /.*/ }, ({ kind, path }) =>
          kind === 'dynamic-import' ? { path, external: true } : undefined,
        );
      },
    },
  ],
});

const withLazyParts = (config) => ({ ...config, logLevel: 'error' });

const budget = (name, limit, path, more) => ({ name, limit, path, gzip: true, ...more });

const provider = (id) =>
  budget(`provider ${id}, SDK excluded`, '6 kB', `dist/providers/${id}.js`, {
    import: `{ ${id} }`,
    modifyEsbuildConfig: atPageLoad,
  });

/** A finished file, as it is. */
const file = (name, limit, path) => budget(name, limit, path, { esbuild: false });

export default [
  budget('core { Dialer }, at page load', '14 kB', 'dist/index.js', {
    import: '{ Dialer }',
    modifyEsbuildConfig: atPageLoad,
  }),
  budget('core { Dialer }, with all its lazy parts', '28 kB', 'dist/index.js', {
    import: '{ Dialer }',
    modifyEsbuildConfig: withLazyParts,
  }),
  provider('telnyx'),
  provider('twilio'),
  provider('sandbox'),
  file('script tag, SDKs excluded', '40 kB', 'dist/umd/everdial.js'),
  // Theirs: recorded so that their growth is seen.
  file("Telnyx's SDK beside the script", '80 kB', 'dist/umd/vendor/telnyx.js'),
  file("Twilio's SDK beside the script", '50 kB', 'dist/umd/vendor/twilio.js'),
];
