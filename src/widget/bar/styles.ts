import { sheet } from '../launcher/sheet.js';

const BAR = `
/* bar */
.bar{display:flex;align-items:center;gap:4u;inline-size:360u;min-inline-size:280u;max-inline-size:100%;block-size:64u;padding:0 10u;background:var(--_s);border-radius:var(--_r);box-shadow:var(--_sh);container:bar/inline-size}
.bar .open{flex:1;min-width:0;display:flex;align-items:center;gap:12u;min-block-size:48u;border-radius:min(14u,var(--_r2));padding-inline-end:6u}
.bar .open:hover{background:var(--_w)}
.bar .node{width:40u;height:40u;margin-inline-start:4u}
.bar .node .icon{width:20u;height:20u}
.bar .open>span:last-child{min-width:0;flex:1}
.bar .open>span:last-child>*{display:block;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.bar b{font-weight:600}
.lv{display:flex;align-items:center;gap:2.5u}
.lv i{width:3u;height:20u;background:currentColor;clip-path:inset(calc(50% - 1.5u - var(--l)*8.5u) 0 round 1.5u)}
.bar .small{min-height:44u;padding-inline:18u}
.bar .t{color:var(--_m);font-size:12u;line-height:16u;font-variant-numeric:tabular-nums}
.round{width:44u;height:44u;flex:none;border-radius:50%;display:grid;place-items:center;background:var(--_w);transition:background var(--_fast)}
.round:hover{background:var(--_w2)}
.round.danger{background:var(--_d)}
.round.danger:hover{background:var(--_dhov)}
.round.is-on{background:var(--_t);color:var(--_s)}
.round.primary{background:var(--_a)}
@container bar (max-width:319px){
  .more{display:none}
}
@media print{
  .bar{display:none}
}
`;

/** The style of the variant of one line. It stands behind that of the panel. */
export const barSheet = /* @__PURE__ */ sheet(BAR);
