import type { PanelViews } from '../panel-views.js';
import { drawQuestion } from './question.js';
import { drawSteps } from './steps.js';

export { helpSheet } from './styles.js';

/** Help with the microphone: needed when the browser asks, or when it was refused. */
export const HELP_VIEWS: PanelViews = { question: drawQuestion, steps: drawSteps };
