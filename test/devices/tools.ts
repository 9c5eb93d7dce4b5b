import { existsSync } from 'node:fs';
import { installOrExplain } from '../debian-packages.js';

export { suiteName } from '../debian-packages.js';

const WEBKIT = '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser';

/** What a suite needs beside Chromium: files that must be there, and the Debian packages that bring them. */
const TOOLS = {
  sound: {
    files: ['/usr/bin/pulseaudio', '/usr/bin/pactl', '/usr/bin/pacat', '/usr/bin/parec'],
    packages: ['pulseaudio', 'pulseaudio-utils'],
  },
  display: {
    files: ['/usr/bin/Xvfb', '/usr/bin/openbox', '/usr/bin/xdotool'],
    packages: ['xvfb', 'xauth', 'openbox', 'xdotool'],
  },
  firefox: { files: ['/usr/bin/firefox-esr'], packages: ['firefox-esr'] },
  webkit: {
    files: ['/usr/bin/WebKitWebDriver', WEBKIT],
    packages: ['webkit2gtk-driver', 'gstreamer1.0-plugins-base', 'gstreamer1.0-plugins-good'],
  },
} as const;

/** A set of tools. */
export type ToolSet = keyof typeof TOOLS;

/** Path of WebKitGTK's browser. */
export const MINI_BROWSER = WEBKIT;

/**
 * Makes sure of tools: on Debian, as root, what is missing is installed.
 * @returns why the suite can not run here, in words for its name; `undefined` when it can.
 */
export function reasonToSkip(...sets: readonly ToolSet[]): string | undefined {
  const packages = sets.filter((set) => !isThere(set)).flatMap((set) => TOOLS[set].packages);
  return installOrExplain(packages, () => sets.every(isThere));
}

function isThere(set: ToolSet): boolean {
  return TOOLS[set].files.every((file) => existsSync(file));
}
