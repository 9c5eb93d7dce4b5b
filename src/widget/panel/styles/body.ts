/** What stands below the headline: notice, steps, where the browser asks, receipt, rating. */
export const BODY = `
/* notice */
.note{align-self:stretch;margin-block:auto 8u;display:grid;grid-template-columns:auto 1fr;column-gap:10u;text-align:start;padding:12u 14u;border-radius:min(14u,var(--_r2));background:var(--_w)}
.note .icon{margin-block-start:0}
.note b{font-weight:600}
.note p{grid-column:2;color:var(--_m)}
.note .btn{grid-column:2;justify-self:start;margin:0 -12u -8u;min-height:44u}
.note.warn{background:var(--_ys)}
.note.warn>.icon{color:var(--_yi)}

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

/* receipt */
.seal{display:inline-flex;align-items:center;gap:6u;font-size:14u;line-height:20u;color:var(--_m);margin-block-start:12u;padding:5u 14u 5u 10u;padding-inline:10u 14u;border-radius:15u;background:var(--_w)}
.seal .icon{width:16u;height:16u}
.seal.warn{background:var(--_ys);color:var(--_t);text-align:start}
.seal.warn .icon{color:var(--_yi)}

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
`;
