// Finds a Chromium for the tests or installs one, and prints which.
import { execFileSync } from 'node:child_process';
import { findChromium } from '../test/lab/browser/find-chromium.js';

const path = findChromium();
const version = execFileSync(path, ['--version'], {
  encoding: 'utf8',
  stdio: ['ignore', 'pipe', 'ignore'],
});
console.log(`${path}: ${version.trim()}`);
