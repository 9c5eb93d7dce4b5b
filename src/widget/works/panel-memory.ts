import type { QualitySample, SecurityReport } from '../../index.js';
import type { PanelModel, PanelView } from '../panel/panel-model.js';

/** What the panel remembers beside the call: what is open, and what belongs to the call being shown. */
export class PanelMemory {
  /** Whether a panel that opens and closes is open. */
  open = false;
  /** What is open inside. */
  view: PanelView | undefined;
  /** What is being called, or was last. */
  to = '';
  /** Digits sent in this call. */
  digits = '';
  /** Which mark was given to this call. */
  rated: PanelModel['rated'];
  /** The newest measurement of this call. */
  sample: QualitySample | undefined;
  /** What protects this call. */
  security: SecurityReport | undefined;
  /** True for a moment after the report was copied. */
  copied = false;

  /** Another call: what was known of the last one is forgotten. */
  begin(to: string): void {
    this.to = to;
    this.digits = '';
    this.view = this.rated = this.sample = this.security = undefined;
  }
}
