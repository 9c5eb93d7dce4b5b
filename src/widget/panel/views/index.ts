export { drawDetails } from './details.js';
export { drawDevices } from './devices.js';
export { viewsSheet } from './styles.js';
