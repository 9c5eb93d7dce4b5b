/** A panel that opens in a corner of the window. */
export interface CornerPanel {
  /** Another panel needs the corner. */
  yieldPlace(): void;
}

let inCorner: CornerPanel | undefined;

/** Panels of one page open in the same corner, one at a time: the one that is open gives way. */
export function takeCorner(panel: CornerPanel): void {
  const before = inCorner;
  inCorner = panel;
  if (before !== panel) before?.yieldPlace();
}

/** The panel is gone. */
export function leaveCorner(panel: CornerPanel): void {
  if (inCorner === panel) inCorner = undefined;
}
