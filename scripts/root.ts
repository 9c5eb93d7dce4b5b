import { fileURLToPath } from 'node:url';

/** Top folder of the project, without a slash at its end. */
export const PROJECT_ROOT = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '');
