import type { Child } from '../dom/h.js';
import type { PanelModel } from './panel-model.js';

/** Draws what stands in the middle of the panel. */
export type DrawView = (model: PanelModel) => Child;

/** The views that come when they are needed. One that is missing is not shown yet: the line stands in its place. */
export interface PanelViews {
  /** Where the browser asks for the microphone. */
  readonly question?: DrawView;
  /** How a refused microphone is allowed. */
  readonly steps?: DrawView;
  /** Twelve keys in a call. */
  readonly keypad?: DrawView;
  /** How the sound was. */
  readonly rating?: DrawView;
  /** Choice of microphone and speaker. */
  readonly devices?: DrawView;
  /** Details of the call. */
  readonly details?: DrawView;
  /** List of countries. */
  readonly country?: DrawView;
  /** Field and keys before a call. */
  readonly dialPad?: DrawView;
  /** What stands at the bottom of those. */
  readonly dialPadActions?: DrawView;
}
