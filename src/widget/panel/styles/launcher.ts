import { away } from '../../launcher/colours.js';

/** What the start button looks like once somebody is interested: hover, pressed, closed, the link, the time of a call. */
export const LAUNCHER = `
:host{
  --_m:var(--everdial-muted,color-mix(in oklab,var(--_t) 72%,var(--_s)));
  --_line:color-mix(in oklab,var(--_t) 58%,var(--_s));
  --_ahov:color-mix(in oklab,var(--_a) 88%,${away('var(--_a)')});
  --_aprs:color-mix(in oklab,var(--_a) 78%,${away('var(--_a)')});
  --_fast:120ms;--_base:200ms;--_ease:cubic-bezier(.2,.7,.2,1);
  -webkit-text-size-adjust:100%;-webkit-tap-highlight-color:transparent;
}
button{color:inherit;padding:0;background:none;text-align:inherit}
a{color:inherit}
[aria-disabled=true]{cursor:not-allowed}
.num{direction:ltr;unicode-bidi:isolate;white-space:nowrap}
.icon{display:block}
.btn{padding:8u 20u;text-align:center;text-decoration:none;color:var(--_t);background:var(--_w);transition:background var(--_fast),transform var(--_fast) var(--_ease)}
.btn:hover{background:var(--_w2)}
.btn:active{background:var(--_w3);transform:scale(.985)}
.primary{background:var(--_a);color:var(--_on)}
.primary:hover{background:var(--_ahov)}
.primary:active{background:var(--_aprs)}
.launch{padding-inline-end:24u}
.launch small{display:block;font-size:12u;line-height:16u;font-weight:500;color:var(--_m)}
.launch.primary small{color:inherit}
.launch.out,.launch[aria-disabled=true]{background:var(--_s);box-shadow:inset 0 0 0 1px var(--_line)}
.launch.out:hover{box-shadow:inset 0 0 0 2px var(--_t)}
.launch[aria-disabled=true]{color:var(--_m);transform:none}
.btn.small{padding:4u 16u}
`;
