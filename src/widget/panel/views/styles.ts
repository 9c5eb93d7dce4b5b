import { sheet } from '../../launcher/sheet.js';

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

@media (forced-colors:active){
  .opt .icon{color:CanvasText}
  .meter i{background:GrayText;forced-color-adjust:none}
  .meter i.f{background:CanvasText}
}
`;

/** The style of the views `devices` and `details`. It stands behind that of the panel. */
export const viewsSheet = /* @__PURE__ */ sheet(VIEWS);
