import { sheet } from '../launcher/sheet.js';

const SPECIAL_MODES = `
@media (prefers-contrast:more){
  :host{--_m:var(--_t);--_b:var(--_line);--_w:var(--_s)}
  .btn:not(.plain,.calm),.disc,.note,.round,.node,.erase{box-shadow:inset 0 0 0 1.5u var(--_t)}
  .plain,.calm{text-decoration:underline}
}
@media (forced-colors:active){
  .panel,.bar,.disc,.note,.round,.erase{border:1px solid ButtonBorder}
  .btn{border-color:ButtonBorder}
  .node{border:2px solid CanvasText}
  .icon{color:inherit!important}
  .plain,.calm{border:0;text-decoration:underline}
  .badge{color:CanvasText}
  [data-is=live]>.node,.ctl.is-on .disc,.round.is-on{background:Highlight;color:HighlightText;forced-color-adjust:none}
  .dots i,.bars i,.lv i{background:GrayText;forced-color-adjust:none}
  .dots.on i,.dots.live i,.dots.flow i,.bars i.f{background:CanvasText}
  .lv i{background:HighlightText}
  .dots.detour::before{display:none}
  .stop .badge{background:CanvasText;color:Canvas;forced-color-adjust:none}
  [aria-disabled=true],[aria-disabled=true] *{color:GrayText;border-color:GrayText}
  :focus-visible{outline-color:Highlight}
}
`;

/** The style of the panel for more contrast and for forced colours: for those who have asked for it. It stands behind that of the panel. */
export const specialModesSheet = /* @__PURE__ */ sheet(SPECIAL_MODES);
