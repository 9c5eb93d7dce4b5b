// `npm run build`: an empty `dist`, then everything tsup.config.ts says, then `dist/embed`.
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildEmbed } from './build-embed.js';
import { PROJECT_ROOT } from './root.js';

// Not tsup's own `clean`: its three builds run side by side, and each would wipe what the others wrote.
rmSync(join(PROJECT_ROOT, 'dist'), { recursive: true, force: true });
execFileSync(process.execPath, [join(PROJECT_ROOT, 'node_modules/tsup/dist/cli-default.js')], {
  cwd: PROJECT_ROOT,
  stdio: 'inherit',
});
await buildEmbed();
