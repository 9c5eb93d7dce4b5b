// What the tests measure in the gallery, for a world of its own beside the page's.
import { sweepAccents } from './accent-sweep.js';
import { measureGeometry } from './geometry.js';
import { elementsInMotion, holdStill } from './motion.js';
import { measureContrast } from './painted-contrast.js';

Object.assign(globalThis, {
  everdialChecks: { measureContrast, sweepAccents, measureGeometry, elementsInMotion, holdStill },
});
