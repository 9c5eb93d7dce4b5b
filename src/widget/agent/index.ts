export { drawCountryList } from './country-list.js';
export { drawDialPad } from './dial-pad.js';
export { agentSheet } from './styles.js';
