/** Mute, keypad, devices, hold. */
export const CONTROLS = `
/* controls */
.ctls{display:flex;justify-content:center;padding:0 16u 8u;gap:0}
.ctl{flex:1 1 0;min-width:0;max-inline-size:88u;display:flex;flex-direction:column;align-items:center;gap:4u;padding:4u 0;border-radius:min(16u,var(--_r2));font-size:12u;line-height:16u;text-align:center;color:var(--_t)}
.ctl .disc{width:52u;height:52u;border-radius:50%;display:grid;place-items:center;background:var(--_w);transition:background var(--_fast),color var(--_fast),transform var(--_fast) var(--_ease)}
.ctl:hover .disc{background:var(--_w2)}
.ctl:active .disc{transform:scale(.95)}
.ctl .icon{width:22u;height:22u}
.ctl span{overflow-wrap:anywhere;hyphens:auto;max-inline-size:100%}
.words{display:grid}
.words>*{grid-area:1/1}
.words .gone{visibility:hidden}
.ctl.is-on .disc{background:var(--_t);color:var(--_s)}
.ctl[aria-disabled=true]{color:var(--_m)}
.ctl[aria-disabled=true] .disc{background:none;box-shadow:inset 0 0 0 1.5u var(--_b)}
`;
