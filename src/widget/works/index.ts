/** The works of `<ever-dial>`: loaded on the first sign of interest. */
import { Controller } from './controller.js';
import type { StartWorks } from './works.js';

/** Makes the works of an element. */
export const startWorks: StartWorks = (host) => new Controller(host);
