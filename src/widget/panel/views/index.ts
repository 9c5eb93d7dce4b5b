import { drawKeypad } from '../keypad.js';
import type { PanelViews } from '../panel-views.js';
import { drawDetails } from './details.js';
import { drawDevices } from './devices.js';
import { drawRating } from './rating.js';

export { callViewsSheet } from './styles.js';

/** What opens in a call and after it: needed once one is under way. */
export const CALL_VIEWS: PanelViews = {
  keypad: drawKeypad,
  devices: drawDevices,
  details: drawDetails,
  rating: drawRating,
};
