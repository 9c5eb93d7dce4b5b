import { away, ink, on } from '../../launcher/colours.js';

/** Colours that are derived from those of the start button, and what is reset. */
export const TOKENS = `
:host{
  --_n:color-mix(in oklab,var(--_ai) 35%,var(--_t));
  --_b:var(--everdial-border,light-dark(color-mix(in oklab,var(--_n) 15%,var(--_s)),color-mix(in oklab,var(--_n) 21%,var(--_s))));
  --_d:var(--everdial-danger,#c8291d);
  --_y:var(--everdial-warning,light-dark(#c78100,#f0b950));
  --_w:light-dark(color-mix(in oklab,var(--_n) 5.5%,var(--_s)),color-mix(in oklab,var(--_n) 8.5%,var(--_s)));
  --_w2:light-dark(color-mix(in oklab,var(--_n) 10%,var(--_s)),color-mix(in oklab,var(--_n) 14%,var(--_s)));
  --_w3:light-dark(color-mix(in oklab,var(--_n) 16%,var(--_s)),color-mix(in oklab,var(--_n) 20%,var(--_s)));
  --_as:color-mix(in oklab,var(--_ai) 11%,var(--_s));
  --_don:${on('var(--_d)')};
  --_dhov:color-mix(in oklab,var(--_d) 88%,${away('var(--_d)')});
  --_yi:${ink('var(--_y)')};
  --_ys:color-mix(in oklab,var(--_y) 11%,var(--_s));
  --_sh:var(--everdial-shadow,0 0 0 1px var(--_b),0 1px 3px rgb(6 16 12/.06),0 12px 40px -6px rgb(6 16 12/.16));
  --_r2:calc(var(--_r)*.8);
  --_hairline:max(1px,.0625rem);
}
@supports not ((color:light-dark(red,red)) and (color:color(from red xyz-d65 x y z))){
  :host{--_ahov:var(--_a);--_aprs:var(--_a);--_don:#fff;--_dhov:var(--_d);--_yi:#8b5800;--_y:var(--everdial-warning,#c78100);
    --_b:var(--everdial-border,#d9dedc);--_w:#f1f3f2;--_w2:#e6e9e8;--_w3:#d7dcda}
}
input{font:inherit;color:inherit;letter-spacing:inherit;margin:0}
h2,p,ol,ul,dl,dd,fieldset,legend{margin:0;padding:0;border:0;font:inherit;list-style:none;min-width:0}
.i-hangup{transform:rotate(135deg) translate(6%,-6%)}
[data-time],.timer,.t{font-variant-numeric:tabular-nums}
:dir(rtl) .i-back,:dir(rtl) .i-erase,:dir(rtl) .i-route{transform:scaleX(-1)}
.panel:focus-visible{outline:0;box-shadow:var(--_sh)}
`;
