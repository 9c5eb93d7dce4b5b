// The loader ships this, so it holds what is seen before anybody shows interest and no more: focus ring, hover, pressed, print come
// with the code. What is here must look as in the widget's own start sheet; a test compares the two.
const CSS = `
:host{
  --u:calc(max(16px,1rem)/16);
  --a:var(--everdial-accent,light-dark(#0c6a50,#46bd90));
  --k:clamp(0,(.1791 - y)*1e9,1);
  --o:var(--everdial-offset,20px);
  all:initial;color-scheme:inherit;display:inline-block;
}
:host([hidden]),[hidden]{display:none!important}
:host([theme=light]){color-scheme:light}
:host([theme=dark]){color-scheme:dark}
.btn{
  box-sizing:border-box;display:inline-flex;align-items:center;justify-content:center;gap:calc(10*var(--u));
  min-height:calc(52*var(--u));margin:0;border:0;padding:calc(8*var(--u)) calc(20*var(--u));padding-inline-end:calc(24*var(--u));
  border-radius:min(calc(26*var(--u)),calc(1.3*var(--everdial-radius,20px)));
  font:600 calc(16*var(--u))/calc(20*var(--u)) var(--everdial-font,system-ui,sans-serif);cursor:pointer;
  background:var(--a);color:var(--everdial-on-accent,color(from var(--a) xyz-d65 calc(.9505*var(--k)) calc(var(--k)) calc(1.089*var(--k))));
}
.icon{flex:none;width:calc(20*var(--u));height:calc(20*var(--u));fill:none;stroke:currentColor;stroke-linecap:round}
.round{width:calc(56*var(--u));min-height:calc(56*var(--u));padding:0;border-radius:50%}
.small{min-height:calc(44*var(--u));padding:calc(4*var(--u)) calc(16*var(--u));font-size:calc(14*var(--u))}
.dock{position:fixed;inset:auto var(--o) var(--o) auto;z-index:var(--everdial-z-index,2147483000)}
.dock[data-position^=top]{bottom:auto;top:var(--o)}
.dock[data-position$=left]{right:auto;left:var(--o)}
[aria-busy] .icon{animation:s .5s .2s infinite alternate}
@keyframes s{to{opacity:.2}}
@media (forced-colors){.btn{border:1px solid}}
`;

let made: CSSStyleSheet | undefined;

/** The style of the start button before the code is there. One for all elements of the page. */
export function firstSheet(): CSSStyleSheet {
  if (!made) {
    made = new CSSStyleSheet();
    made.replaceSync(CSS);
  }
  return made;
}
