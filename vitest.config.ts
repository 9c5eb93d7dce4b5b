import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { TotalsReporter } from './scripts/totals-reporter.js';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Tests import the package by its own names; these are the sources behind them. */
const alias = [
  { find: /^everdial$/, replacement: at('src/index.ts') },
  { find: /^everdial\/providers$/, replacement: at('src/providers/provider.ts') },
  { find: /^everdial\/providers\/(\w+)$/, replacement: at('src/providers/$1/index.ts') },
  { find: /^everdial\/testing$/, replacement: at('src/testing/index.ts') },
  { find: /^everdial\/widget$/, replacement: at('src/widget/index.ts') },
  { find: /^everdial\/widget\/define$/, replacement: at('src/widget/define.ts') },
  { find: /^everdial\/numbers$/, replacement: at('src/numbers/index.ts') },
  { find: /^everdial\/tel-links$/, replacement: at('src/tel-links/index.ts') },
  { find: /^everdial\/global$/, replacement: at('src/embed/global.ts') },
];

/**
 * Tests that drive a browser or a package manager, with time to start. They mostly wait, so where they measure no time two
 * files go side by side.
 */
const heavy = (name: string, groupOrder: number, maxWorkers: 1 | 2) => ({
  name,
  environment: 'node',
  include: [`test/${name}/**/*.test.ts`],
  maxWorkers,
  sequence: { groupOrder },
  testTimeout: 60_000,
  hookTimeout: 90_000,
  // Real browsers on a busy machine: a test that needs its second try is told by name at the end.
  retry: 1,
});

export default defineConfig({
  resolve: { alias },
  test: {
    reporters: ['default', new TotalsReporter(process.env['EVERDIAL_TOTALS'])],
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          environment: 'happy-dom',
          setupFiles: ['test/setup/no-console-errors.ts'],
          // Time is simulated; this is for slow machines only.
          testTimeout: 20_000,
          include: ['test/{unit,acceptance,examples,model}/**/*.test.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'architecture',
          environment: 'node',
          include: ['test/architecture/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'types',
          environment: 'node',
          include: [],
          typecheck: {
            enabled: true,
            only: true,
            include: ['test/types/**/*.test-d.ts'],
            tsconfig: './tsconfig.types.json',
          },
        },
      },
      { extends: true, test: heavy('lab', 1, 2) },
      { extends: true, test: heavy('conformance', 2, 2) },
      { extends: true, test: heavy('browser', 3, 1) },
      { extends: true, test: heavy('matrix', 4, 1) },
      { extends: true, test: heavy('widget', 8, 1) },
      { extends: true, test: heavy('devices', 6, 1) },
      { extends: true, test: heavy('telephony', 7, 1) },
      {
        extends: true,
        test: { ...heavy('package', 5, 1), globalSetup: ['test/package/global-setup.ts'] },
      },
    ],
  },
});
