// `npm run matrix`: every cell of the fault matrix with the real SDKs in a real Chromium; see docs/lab.md.
// --short: only the cells that `npm test` runs · --only F05 · --order telnyx-twilio · --name 'part of the name' · --jobs 2, how many at a time
import { buildPage } from '../test/lab/browser/build-page.js';
import { launchBrowser } from '../test/lab/browser/launch-browser.js';
import { startLab } from '../test/lab/start-lab.js';
import { nameOf, OPEN, runs } from '../test/matrix/cells.js';
import { runCell } from '../test/matrix/run-cell.js';

function option(name: string): string | undefined {
  const index = process.argv.indexOf(`--${name}`);
  return index < 0 ? undefined : (process.argv[index + 1] ?? '');
}

async function main(): Promise<number> {
  const [only, order, part] = [option('only'), option('order'), option('name')];
  const chosen = runs(process.argv.includes('--short') ? 'short' : 'full').filter(
    (run) =>
      (only === undefined || only.split(',').includes(run.cell.id)) &&
      (order === undefined || run.order === order) &&
      (part === undefined || run.cell.name.includes(part)),
  );
  const browser = await launchBrowser();
  const page = await buildPage('test/matrix/page-side/matrix-page.ts');
  const waiting = [...chosen];
  const failed: string[] = [];
  const again: string[] = [];
  // Cells mostly wait, so a few go side by side, each in a lab of its own.
  const work = async (): Promise<void> => {
    const lab = await startLab();
    for (let run = waiting.shift(); run !== undefined; run = waiting.shift()) {
      const surroundings = { lab, browser, url: lab.url(page) };
      // A page that did not even open fails like any other.
      const attempt = () =>
        runCell(run.cell, run.order, surroundings).catch((error: unknown) => ({
          problems: [String(error).split('\n')[0] ?? ''],
          durationMs: 0,
        }));
      let { problems, durationMs } = await attempt();
      if (problems.length > 0) {
        // Real browsers on a busy machine: a second try, told by name, as in the other suites.
        again.push(`${nameOf(run)}: ${problems.join('; ')}`);
        ({ problems, durationMs } = await attempt());
      }
      const passed = problems.length === 0;
      const lines = problems.map((problem) => `\n         ${problem}`).join('');
      console.log(
        `${passed ? 'ok    ' : 'FAILED'} ${nameOf(run)} (${(durationMs / 1000).toFixed(1)} s)${lines}`,
      );
      if (!passed) failed.push(nameOf(run));
    }
    await lab.close();
  };
  await Promise.all(Array.from({ length: Number(option('jobs') ?? 2) }, work));
  await browser.close();
  for (const [row, reason] of OPEN) console.log(`open   ${row}: ${reason}`);
  for (const name of again) console.log(`second try ${name}`);
  for (const name of failed) console.log(`FAILED ${name}`);
  const passed = chosen.length - failed.length;
  console.log(`matrix: ${chosen.length} cells, ${passed} passed, ${failed.length} failed`);
  return failed.length === 0 && chosen.length > 0 ? 0 : 1;
}

process.exitCode = await main();
