export { drawBar } from './draw-bar.js';
export { barSheet } from './styles.js';
