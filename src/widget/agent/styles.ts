import { sheet } from '../launcher/sheet.js';
import { KEYPAD } from '../panel/keypad-styles.js';

const AGENT = `
/* dial pad */
.field{align-self:stretch;display:flex;align-items:center;min-block-size:56u;border-radius:min(16u,var(--_r2));box-shadow:inset 0 0 0 1px var(--_line);margin-block-start:4u;direction:ltr}
.field:focus-within{outline:2px solid var(--_t);outline-offset:2px}
.field.bad{box-shadow:inset 0 0 0 1.5u var(--_yi)}
.flag{display:flex;align-items:center;gap:4u;min-block-size:44u;margin:0 2u 0 6u;padding:0 6u 0 10u;border-radius:min(12u,var(--_r2));font-weight:600;font-variant-numeric:tabular-nums;white-space:nowrap}
.flag:hover{background:var(--_w)}
.flag .icon{width:16u;height:16u;color:var(--_m)}
.field .flag{flex:none}
.field input{flex:1;min-width:0;border:0;background:none;font-size:20u;line-height:24u;font-weight:500;padding:8u 12u 8u 2u;min-block-size:52u;font-variant-numeric:tabular-nums;appearance:none}
.field input:focus{outline:0}
.field input::placeholder{color:var(--_m);opacity:1;font-weight:400;font-size:16u;letter-spacing:0}
@container panel (max-width:310px){
  .field input{font-size:17u}
}
.help{align-self:stretch;display:flex;align-items:center;gap:6u;min-block-size:36u;padding-block:2u;text-align:start;font-size:12u;line-height:16u;color:var(--_m);padding-inline:2u}
.help .icon{width:16u;height:16u}
.help.bad{color:var(--_yi)}
.chip{display:inline-flex;align-items:center;gap:6u;font-size:12u;line-height:16u;font-weight:500;color:var(--_m)}
.chip::before{content:"";width:8u;height:8u;border-radius:50%;background:var(--_ai);box-shadow:0 0 0 3u var(--_as)}
.find{align-self:stretch;display:flex;align-items:center;gap:10u;min-block-size:44u;padding-inline:14u;border-radius:min(14u,var(--_r2));box-shadow:inset 0 0 0 1px var(--_line);margin-block:4u 8u;flex:none}
.find:focus-within{outline:2px solid var(--_t);outline-offset:2px}
.find input{flex:1;min-width:0;border:0;background:none;font-size:16u;outline:0;padding:8u 0;min-block-size:44u}
.find input::placeholder{color:var(--_m);opacity:1}
.find .icon{color:var(--_m)}
.places{align-self:stretch;overflow:auto;min-height:0;flex:1;margin-inline:-12u;scrollbar-width:thin;padding-block-end:12u}
.place{display:grid;grid-template-columns:32u 1fr auto 20u;align-items:center;gap:8u;min-block-size:44u;padding:4u 12u;border-radius:min(12u,var(--_r2));text-align:start;cursor:pointer}
.place i{font-style:normal;font-size:12u;font-weight:600;color:var(--_m)}
.place .num{color:var(--_m)}
.place.is-active{background:var(--_w2)}
.place[aria-selected=true]{font-weight:600}
.place .icon{color:var(--_ai)}

@media (prefers-contrast:more){
  .field,.find{box-shadow:inset 0 0 0 1.5u var(--_t)}
}
@media (forced-colors:active){
  .field,.find{border:1px solid ButtonBorder}
  .place .icon{color:CanvasText}
  .chip::before{background:CanvasText;forced-color-adjust:none}
  .place.is-active{outline:2px solid Highlight;outline-offset:-2px}
}
`;

/** The style of the dial pad and the list of countries. It stands behind that of the panel. */
export const agentSheet = /* @__PURE__ */ sheet(KEYPAD + AGENT);
