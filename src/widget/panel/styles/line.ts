/** The line between two people: every state of a call is a state of this drawing. */
export const LINE = `
/* the line: you – carrier – them. Every state of a call is a state of this drawing. */
.line{align-self:stretch;display:grid;grid-template-columns:48u 1fr 48u;align-items:start;margin-block-start:24u;padding-block-end:36u;flex:none}
.stop{display:flex;flex-direction:column;align-items:center;position:relative;min-width:0}
.stop.mid{flex-direction:row;align-items:center;block-size:48u;gap:8u;padding-inline:8u}
.lab{hyphens:auto;position:absolute;inset-block-start:56u;inset-inline-start:50%;translate:-50% 0;inline-size:92u;font-size:12u;line-height:16u;color:var(--_m);text-align:center;overflow-wrap:anywhere;display:flex;justify-content:center;gap:4u}
:dir(rtl) .lab{translate:50% 0}
.node{position:relative;flex:none;width:48u;height:48u;border-radius:50%;display:grid;place-items:center;background:var(--_w);color:var(--_m);transition:background var(--_base),color var(--_base),box-shadow var(--_base)}
.node .icon{width:22u;height:22u}
.mid .node{width:28u;height:28u}
.mid .icon{width:16u;height:16u}
[data-is=wait]>.node{background:none;box-shadow:inset 0 0 0 1.5u var(--_b)}
[data-is=now]>.node{background:var(--_s);color:var(--_ai);box-shadow:inset 0 0 0 2u var(--_ai),0 0 0 5u var(--_as)}
[data-is=done]>.node{background:var(--_as);color:var(--_ai)}
[data-is=live]>.node{background:var(--_a);color:var(--_on);box-shadow:inset 0 0 0 1px var(--_ai)}
[data-is=bad]>.node{background:var(--_ys);color:var(--_yi);box-shadow:inset 0 0 0 1.5u var(--_yi)}
[data-is=said]>.node{color:var(--_t)}
[data-is=said] .badge{background:var(--_t)}
[data-is=now]>.lab,[data-is=done]>.lab{color:var(--_t)}
[data-is=now]>.lab{font-weight:600}
.badge{position:absolute;inset-block-end:-3u;inset-inline-end:-3u;width:18u;height:18u;border-radius:50%;display:grid;place-items:center;background:var(--_ai);color:var(--_s);box-shadow:0 0 0 2u var(--_s)}
.badge .icon{width:12u!important;height:12u}
.badge .icon path{stroke-width:3}
[data-is=bad] .badge{background:var(--_yi)}
.dots{flex:1;display:flex;align-items:center;justify-content:space-between;block-size:36u;--l:0}
.dots i{width:3u;height:36u;background:currentColor;color:var(--_b);clip-path:inset(calc(50% - 1.5u - var(--l)*16u) 0 round 1.5u);transition:color var(--_base)}
.dots.on i,.dots.live i{color:var(--_ai)}
.dots.flow i{color:var(--_ai);animation:flow 1.4s var(--_ease) infinite both;animation-delay:calc(var(--i)*90ms)}
.dots.in i{animation-direction:reverse}
@keyframes flow{0%,70%,to{opacity:.22}25%{opacity:1}}
.dots.gone i:nth-child(n+4):nth-child(-n+6){opacity:0}
.dots.hold i{clip-path:inset(calc(50% - 1u) 0 round 1u);width:5u;color:var(--_line)}
.dots.detour{position:relative}
.dots.detour i{translate:0 calc(var(--y)*1u)}
.dots.detour::before{content:"";position:absolute;inset-inline:0;inset-block-start:calc(50% - 1.5u);block-size:3u;background:radial-gradient(circle,var(--_b) 1.5u,transparent 1.6u) 0/calc((100% - 3u)/8) 100% repeat-x}
.ring .node::before,.ring .node::after{content:"";position:absolute;inset:0;border-radius:50%;box-shadow:inset 0 0 0 1.5u var(--_ai);animation:ring 2.4s cubic-bezier(.2,.5,.4,1) infinite both}
.ring .node::after{animation-delay:1.2s}
@keyframes ring{from{transform:scale(1);opacity:.55}to{transform:scale(1.6);opacity:0}}

/* quality */
.bars{display:inline-flex;align-items:flex-end;gap:2u;block-size:12u;align-self:center}
.bars i{width:3u;border-radius:1u;background:var(--_b)}
.bars i:nth-child(1){height:40%}.bars i:nth-child(2){height:70%}.bars i:nth-child(3){height:100%}
.bars i.f{background:currentColor}
`;
