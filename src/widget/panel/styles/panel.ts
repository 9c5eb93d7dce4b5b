/** The panel: one size for each shape, whatever it shows; header, words and buttons. */
export const PANEL = `
/* the panel: one size per variant, whatever it shows */
.panel{position:relative;display:grid;grid-template:auto minmax(0,1fr) auto auto/minmax(0,1fr);inline-size:320u;block-size:544u;max-inline-size:100%;
  background:var(--_s);border-radius:var(--_r);box-shadow:var(--_sh);overflow:hidden;isolation:isolate;container:panel/size}
.head{display:flex;align-items:flex-start;gap:0;padding:12u 8u 0 24u;padding-inline:24u 8u;min-block-size:64u}
.head.has-back{padding-inline-start:8u}
.who{flex:1;min-width:0;padding-block:2u}
.who>*{display:block;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.name{font-weight:600;font-size:16u;line-height:22u}
.number{color:var(--_m);font-size:14u;line-height:20u}
:dir(rtl) .who .num{text-align:right}
.main{display:flex;flex-direction:column;align-items:center;text-align:center;padding:0 24u;overflow:auto;overscroll-behavior:contain;scrollbar-width:thin}
.main[data-scroll]{background:linear-gradient(var(--_s) 40%,transparent) top/100% 24u no-repeat local,linear-gradient(transparent,var(--_s) 60%) bottom/100% 24u no-repeat local,linear-gradient(var(--_b),transparent) top/100% 10u no-repeat scroll,linear-gradient(transparent,var(--_b)) bottom/100% 10u no-repeat scroll}
.say{min-block-size:52u;padding-block-end:4u;display:flex;align-items:center;justify-content:center;font-weight:600;font-size:20u;line-height:24u;text-wrap:balance;margin-block-start:4u;flex:none;overflow-wrap:anywhere;letter-spacing:-.01em}
.timer{font-weight:400;font-size:40u;line-height:48u;letter-spacing:-.02em}
.sub{color:var(--_m);font-size:15u;line-height:22u;text-wrap:balance;overflow-wrap:anywhere}
.acts{display:flex;flex-wrap:wrap;gap:8u;padding:8u 20u 20u}
.acts .btn{flex:1 0 100%;padding-inline:14u}
.foot,.other{display:contents}
::slotted([slot=footer]){flex:1 0 100%;text-align:center;font-size:12u;line-height:16u;color:var(--_m)}
::slotted([slot=other]){margin-block-start:12u}
.head:not(:has(.number)){align-items:center}

/* actions: at most one filled button */
.danger{background:var(--_d);color:var(--_don)}
.danger:hover,.danger:active{background:var(--_dhov)}
.plain{background:none;font-weight:500;font-size:14u;min-height:44u;padding:4u 12u;color:var(--_ai)}
.plain:hover{background:var(--_as)}
.plain:active{background:var(--_w2)}
.calm{background:none;min-height:44u}
.calm:hover{background:var(--_w)}
.btn:not(.launch)[aria-disabled=true]{background:var(--_w);color:var(--_m);transform:none;box-shadow:none}
/* round icon buttons */
.ico{width:44u;height:44u;flex:none;display:grid;place-items:center;border-radius:50%;color:var(--_m);transition:background var(--_fast)}
.ico:hover{background:var(--_w);color:var(--_t)}
.ico:active{background:var(--_w2)}
.ico[aria-disabled=true]{background:none!important;box-shadow:inset 0 0 0 1.5u var(--_b)}
.acts:has(.erase) .btn{flex:1 0 0}
.erase{width:52u;height:52u;background:var(--_w)}

.panel.is-agent{inline-size:100%;min-inline-size:272u;max-inline-size:400u;block-size:100%;min-block-size:480u}
.is-agent .keys{flex:1 1 234u;min-block-size:194u;max-block-size:290u}
.is-agent .key{min-block-size:44u}

/* small panels: short ones move the line up, narrow ones set words and numbers closer */
@container panel (max-height:520px){
  .line{margin-block-start:6u;padding-block-end:30u}
}
@container panel (max-width:310px){
  .main{padding-inline:20u}
  .head:not(.has-back){padding-inline-start:20u}
}

/* what is new fades in where the old one stood; nothing moves */
.say,.sub,.note,.seal,.steps{animation:fade var(--_base) var(--_ease)}
@keyframes fade{from{opacity:0}}
`;
