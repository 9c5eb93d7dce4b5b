/** The twelve keys and what was typed: for the keypad in a call and for the dial pad before it. */
export const KEYPAD = `
/* keypad */
.entry{display:flex;align-items:center;justify-content:center;block-size:52u;font-size:24u;line-height:32u;letter-spacing:.04em;overflow:hidden;align-self:stretch}
.entry .num{overflow:hidden;text-overflow:clip;white-space:nowrap}
.keys{display:grid;grid-template-columns:repeat(3,1fr);grid-auto-rows:1fr;gap:6u;direction:ltr;align-self:stretch}
.key{min-block-size:54u;border-radius:min(16u,var(--_r2));background:var(--_w);display:flex;flex-direction:column;align-items:center;justify-content:center;font-size:22u;line-height:26u;font-weight:500;font-variant-numeric:tabular-nums;transition:background var(--_fast)}
.key.star{font-size:31u;padding-block-start:9u}
.key small{font-size:11u;line-height:12u;font-weight:500;letter-spacing:.08em;color:var(--_m);min-block-size:12u}
.key:hover{background:var(--_w2)}
.key:active{background:var(--_w3)}
@media (prefers-contrast:more){
  .key{box-shadow:inset 0 0 0 1.5u var(--_t)}
}
@media (forced-colors:active){
  .key{border:1px solid ButtonBorder}
}
`;
