// `npm run demo`: the demo page on the carrier lab. `npm run demo -- --once`: the same page, driven once by a headless
// Chromium, with the exit code as verdict. `--port 4680` chooses the port.
import { parseArgs } from 'node:util';
import { startDemo } from '../examples/demo/server/demo-server.js';
import { runOnce } from '../examples/demo/server/run-once.js';

const { values } = parseArgs({
  options: {
    once: { type: 'boolean', default: false },
    port: { type: 'string', default: '4680' },
  },
});

if (values.once) {
  const demo = await startDemo(0);
  try {
    process.exitCode = (await runOnce(demo)) ? 0 : 1;
  } finally {
    await demo.close();
  }
} else {
  const demo = await startDemo(Number(values.port));
  console.log(`everdial demo: ${demo.url}`);
  console.log(
    'Press Call, answer on the phone beside it, then break a carrier with one of the five buttons.',
  );
  console.log('Ctrl+C stops it.');
  const stop = (): void => void demo.close().then(() => process.exit(0));
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}
