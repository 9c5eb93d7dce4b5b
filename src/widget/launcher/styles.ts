import { ink, on } from './colours.js';
import { sheet } from './sheet.js';

// Only what is seen before anybody shows interest: the loader ships this in its few bytes. What comes with a pointer on the
// button (hover, pressed, closed, link) stands in the sheet of the panel, which is fetched at that moment.
const START = `
:host{
  --_u:calc(max(16px,1rem)/16);
  --_a:var(--everdial-accent,light-dark(#0c6a50,#46bd90));
  --_s:var(--everdial-surface,light-dark(#fff,#1b1e1d));
  --_t:var(--everdial-text,light-dark(#15201c,#eef2f0));
  --_r:var(--everdial-radius,20px);
  --_o:var(--everdial-offset,20px);
  --_on:var(--everdial-on-accent,${on('var(--_a)')});
  --_ai:${ink('var(--_a)')};
  all:initial;color-scheme:inherit;display:inline-block;max-width:100%;
  font:14u/20u var(--everdial-font,system-ui,sans-serif);
  color:var(--_t);text-align:start;
}
:host([hidden]),[hidden]{display:none!important}
:host([theme=light]){color-scheme:light}
:host([theme=dark]){color-scheme:dark}
:host([variant=panel]){width:320u;height:544u}
:host([variant=bar]){width:360u;height:64u}
:host([variant=agent]){display:block;width:320u;height:560u}
*,::before,::after{box-sizing:border-box}
button{font:inherit;letter-spacing:inherit;margin:0;border:0;cursor:pointer;touch-action:manipulation}
.sr{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.icon{flex:none;width:20u;height:20u;fill:none;stroke:currentColor;stroke-linecap:round;stroke-linejoin:round}
.dock{position:fixed;bottom:var(--_o);right:var(--_o);z-index:var(--everdial-z-index,2147483000)}
.dock[data-position^=top]{bottom:auto;top:var(--_o)}
.dock[data-position$=left]{right:auto;left:var(--_o)}
/* a dark-light sandwich that shows on any page behind it */
:focus-visible{outline:2px solid var(--_t);outline-offset:2px;box-shadow:0 0 0 2px var(--_s),0 0 0 6px var(--_s)}
.btn{display:inline-flex;align-items:center;justify-content:center;gap:10u;min-height:52u;padding:8u 20u;border-radius:min(26u,calc(var(--_r)*1.3));
  font-weight:600;font-size:16u;line-height:20u;overflow-wrap:anywhere}
.primary{background:var(--_a);color:var(--_on);box-shadow:inset 0 0 0 1px var(--_ai)}
.primary:focus-visible{box-shadow:inset 0 0 0 1px var(--_ai),0 0 0 2px var(--_s),0 0 0 6px var(--_s)}
.launch{max-width:100%;padding-inline-end:24u}
.launch .txt{text-align:start}
.launch.round{width:56u;min-height:56u;padding:0;border-radius:50%}
.small{min-height:44u;font-size:14u;padding:4u 16u}
/* while code is loading the icon turns into a spinner, and the width stays */
[aria-busy] slot[name=icon]{display:none}
[aria-busy]::before{content:"";width:20u;height:20u;border-radius:50%;border:2u solid color-mix(in srgb,currentColor 30%,transparent);border-top-color:currentColor;animation:spin .9s linear infinite}
@keyframes spin{to{rotate:1turn}}
@media (prefers-reduced-motion){*,::before,::after{animation:none!important;transition:none!important}[aria-busy]::before{border-style:dotted}}
@media (forced-colors){.btn{border:1px solid}}
@media print{.launch{position:static!important;color:#000!important;background:#fff!important}.launch>*{display:none!important}.launch::after{content:attr(data-number)}}
@supports not ((color:light-dark(red,red)) and (color:color(from red xyz-d65 x y z))){
  :host{--_a:var(--everdial-accent,#0c6a50);--_s:#fff;--_t:#15201c;--_on:var(--everdial-on-accent,#fff);--_ai:var(--_a)}
}
`;

/**
 * The style of the start button and the tokens that everything else builds on. Structure it styles: `.btn.launch.primary`,
 * perhaps `.round` or `.small`, with an icon in the slot `icon` and `.txt`; `aria-busy` turns the icon into a spinner;
 * `data-number` is what is printed; `.dock` with `data-position` puts it, or the panel, into a corner of the window.
 */
export const startSheet = /* @__PURE__ */ sheet(START);
