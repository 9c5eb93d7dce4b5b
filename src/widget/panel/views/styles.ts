import { sheet } from '../../launcher/sheet.js';
import { KEYPAD } from '../keypad-styles.js';

const VIEWS = `
/* choice of devices */
.group{align-self:stretch;text-align:start;margin-block-start:8u}
.group+.group{margin-block-start:12u}
.cap-row{display:flex;align-items:center;justify-content:space-between;margin-inline-end:-12u}
.opt{position:relative;display:grid;grid-template-columns:1fr 20u;align-items:center;gap:8u;min-block-size:44u;padding:6u 12u;margin-inline:-12u;border-radius:min(12u,var(--_r2));cursor:pointer}
.opt:hover{background:var(--_w)}
.opt input{position:absolute;inset:0;opacity:0;cursor:pointer}
.opt .icon{visibility:hidden;color:var(--_ai)}
.opt:has(:checked){font-weight:600}
.opt:has(:checked) .icon{visibility:visible}
.opt:has(:focus-visible){outline:2px solid var(--_t);outline-offset:-2px}
.meter{display:flex;align-items:center;justify-content:space-between;block-size:20u;margin-block:4u}
.meter i{width:3u;block-size:12u;border-radius:2u;background:var(--_b)}
.meter i.f{background:var(--_ai);block-size:18u}

/* details */
.rows{align-self:stretch;text-align:start;margin-block-start:4u}
.rows>div{display:grid;grid-template-columns:auto 1fr;gap:2u 16u;padding-block:10u;border-block-end:var(--_hairline) solid var(--_b)}
.rows>div:last-child{border:0}
.rows dt{color:var(--_m)}
.rows dd{text-align:end;font-weight:500;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
.rows dd.tip{grid-column:1/-1;text-align:start;font-weight:400}
.rows .ok{display:inline-flex;align-items:center;gap:4u;color:var(--_ai)}
.rows .ok .icon{width:16u;height:16u}
.rows .ok.bad{color:var(--_yi)}

/* rating */
.cap{display:flex;align-items:center;gap:8u;font-size:12u;line-height:16u;font-weight:600;color:var(--_m);padding-block:4u}
.seg{display:flex;gap:4u;padding:4u;border-radius:min(16u,var(--_r2));background:var(--_w);align-self:stretch}
.seg label{position:relative;flex:1 1 0;min-width:0;min-block-size:44u;border-radius:min(12u,var(--_r2));display:grid;place-items:center;padding:2u 4u;font-weight:500;text-align:center;cursor:pointer;overflow-wrap:anywhere}
.seg label:hover{background:var(--_w2)}
.seg input{position:absolute;inset:0;opacity:0;cursor:pointer}
.seg label:has(:checked){background:var(--_s);box-shadow:0 0 0 1.5u var(--_t);font-weight:600}
.seg label:has(:focus-visible){outline:2px solid var(--_t);outline-offset:2px}
.rate{align-self:stretch;margin-block:auto 8u;border:0}
.rate .cap{justify-content:center;font-size:14u;line-height:20u;font-weight:500;margin-block-end:4u}
.tip{font-size:12u;line-height:16u;color:var(--_m)}

@media (prefers-contrast:more){
  .seg{box-shadow:inset 0 0 0 1.5u var(--_t)}
}
@media (forced-colors:active){
  .seg{border:1px solid ButtonBorder}
  .seg label:has(:checked){background:Highlight;color:HighlightText;forced-color-adjust:none}
  .opt .icon{color:CanvasText}
  .meter i{background:GrayText;forced-color-adjust:none}
  .meter i.f{background:CanvasText}
}
`;

/** The style of what opens in a call. It stands behind that of the panel. */
export const callViewsSheet = /* @__PURE__ */ sheet(KEYPAD + VIEWS);
