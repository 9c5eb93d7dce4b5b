import type { PanelViews } from '../panel/panel-views.js';
import { drawCountryList } from './country-list.js';
import { drawDialPad } from './dial-pad.js';
import { drawDialPadActions } from './dial-pad-actions.js';

export { agentSheet } from './styles.js';

/** The dial pad and its list of countries: needed where the person enters the number. */
export const DIAL_PAD_VIEWS: PanelViews = {
  dialPad: drawDialPad,
  dialPadActions: drawDialPadActions,
  country: drawCountryList,
};
