/** Reduced motion, more contrast, forced colours, paper. Last, so that it wins. */
export const MODES = `
@media (prefers-reduced-motion:reduce){
  .btn:active,.ctl:active .disc{transform:none}
  .ring .node::before{transform:scale(1.2);opacity:.5}
  .ring .node::after{transform:scale(1.34);opacity:.25}
  .dots.flow i:nth-child(n+6){color:var(--_b)}
}
@media (prefers-contrast:more){
  :host{--_m:var(--_t);--_b:var(--_line);--_w:var(--_s)}
  .btn:not(.plain,.calm),.disc,.key,.seg,.note,.round,.node,.erase{box-shadow:inset 0 0 0 1.5u var(--_t)}
  .plain,.calm{text-decoration:underline}
}
@media (forced-colors:active){
  .panel,.bar,.disc,.key,.seg,.note,.round,.erase,.window,.window span{border:1px solid ButtonBorder}
  .btn{border-color:ButtonBorder}
  .node{border:2px solid CanvasText}
  .icon{color:inherit!important}
  .plain,.calm{border:0;text-decoration:underline}
  .badge{color:CanvasText}
  [data-is=live]>.node,.ctl.is-on .disc,.round.is-on,.seg label:has(:checked){background:Highlight;color:HighlightText;forced-color-adjust:none}
  .dots i,.bars i,.lv i{background:GrayText;forced-color-adjust:none}
  .dots.on i,.dots.live i,.dots.flow i,.bars i.f{background:CanvasText}
  .lv i{background:HighlightText}
  .dots.detour::before{display:none}
  .stop .badge{background:CanvasText;color:Canvas;forced-color-adjust:none}
  [aria-disabled=true],[aria-disabled=true] *{color:GrayText;border-color:GrayText}
  :focus-visible{outline-color:Highlight}
}
@media print{
  .panel,.bar{display:none}
}
`;
