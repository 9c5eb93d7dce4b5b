import { sheet } from '../../launcher/sheet.js';

const HELP = `
/* numbered steps */
.steps{align-self:stretch;text-align:start;display:grid;gap:10u;margin-block-start:8u;font-size:15u;line-height:22u;counter-reset:n}
.steps li{display:grid;grid-template-columns:24u 1fr;gap:10u;align-items:start;counter-increment:n}
.steps .icon{display:inline-block;width:18u;height:18u;vertical-align:-4u;margin-inline:2u}
.steps li::before{content:counter(n);width:24u;height:24u;margin-block-start:-1u;border-radius:50%;display:grid;place-items:center;background:var(--_w2);font-size:12u;line-height:1;font-weight:600;font-variant-numeric:tabular-nums}

/* where the browser asks */
.window{width:160u;height:84u;margin-block:14u 8u;border-radius:min(10u,var(--_r2));box-shadow:inset 0 0 0 1.5u var(--_b);position:relative;overflow:hidden;flex:none;direction:ltr}
.window::before{content:"";position:absolute;inset:0 0 auto;height:22u;background:var(--_w);border-block-end:1.5u solid var(--_b)}
.window::after{content:"";position:absolute;inset-block-start:7u;inset-inline:44u 16u;height:8u;border-radius:4u;background:var(--_w3)}
.window span{position:absolute;inset-block-start:28u;left:12u;width:72u;height:36u;border-radius:6u;background:var(--_as);box-shadow:inset 0 0 0 2u var(--_ai);display:grid;place-items:center;color:var(--_ai)}
.window.centre{width:64u;height:96u}
.window.centre::before,.window.centre i{display:none}
.window.centre::after{inset-block-start:6u;inset-inline:10u;height:5u}
.window.centre span{left:8u;width:48u;inset-block-start:30u}
.window i{position:absolute;inset-block-start:9u;left:10u;width:4u;height:4u;border-radius:50%;background:var(--_line);box-shadow:8u 0 0 var(--_line),16u 0 0 var(--_line);z-index:1}

@media (forced-colors:active){
  .window,.window span{border:1px solid ButtonBorder}
}
`;

/** The style of the help with the microphone. It stands behind that of the panel. */
export const helpSheet = /* @__PURE__ */ sheet(HELP);
