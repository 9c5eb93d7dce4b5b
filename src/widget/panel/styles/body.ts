/** What stands below the headline: notice and receipt. */
export const BODY = `
/* notice */
.note{align-self:stretch;margin-block:auto 8u;display:grid;grid-template-columns:auto 1fr;column-gap:10u;text-align:start;padding:12u 14u;border-radius:min(14u,var(--_r2));background:var(--_w)}
.note .icon{margin-block-start:0}
.note b{font-weight:600}
.note p{grid-column:2;color:var(--_m)}
.note .btn{grid-column:2;justify-self:start;margin:0 -12u -8u;min-height:44u}
.note.warn{background:var(--_ys)}
.note.warn>.icon{color:var(--_yi)}

/* receipt */
.seal{display:inline-flex;align-items:center;gap:6u;font-size:14u;line-height:20u;color:var(--_m);margin-block-start:12u;padding:5u 14u 5u 10u;padding-inline:10u 14u;border-radius:15u;background:var(--_w)}
.seal .icon{width:16u;height:16u}
.seal.warn{background:var(--_ys);color:var(--_t);text-align:start}
.seal.warn .icon{color:var(--_yi)}
`;
