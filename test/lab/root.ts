import { fileURLToPath } from 'node:url';

/** Top folder of the project, with a slash at its end. */
export const PROJECT_ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Where built pages are kept, with a slash at its end; served as `/pages/`. */
export const PAGES_ROOT = `${PROJECT_ROOT}.cache/pages/`;
