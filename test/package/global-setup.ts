import { rmSync } from 'node:fs';
import type { TestProject } from 'vitest/node';
import { installTarball } from './install-tarball.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** Folder where the packed project is installed. */
    installed: string;
  }
}

/** Packs and installs once for all files. */
export function setup(project: TestProject): () => void {
  const installed = installTarball();
  project.provide('installed', installed);
  return () => rmSync(installed, { recursive: true, force: true });
}
