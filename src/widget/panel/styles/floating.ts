/** The panel in the corner of the window; on a phone a sheet at the bottom. */
export const FLOATING = `
.panel.is-floating{max-block-size:calc(100dvh - 2*var(--_o));animation:rise var(--_base) var(--_ease)}
@keyframes rise{from{opacity:0;transform:translateY(8px)}}

/* phone: bottom sheet */
@media (max-width:479px){
  .panel.is-floating{position:fixed;inset:auto 0 0;inline-size:100%;block-size:min(552u,100dvh - 16u);max-block-size:none;border-end-start-radius:0;border-end-end-radius:0;padding-block-end:env(safe-area-inset-bottom)}
}
/* a phone on its side: two columns, hang up stays in sight */
@media (min-width:480px) and (max-height:459px){
  .panel.is-floating{position:fixed;inset:auto 0 0;margin-inline:auto;inline-size:min(640u,100%);block-size:100dvh;max-block-size:none;grid-template:auto 1fr auto/1fr 1fr;border-end-start-radius:0;border-end-end-radius:0}
  .is-floating .head{grid-column:1/-1}
  .is-floating .main{grid-row:2/4}
  .is-floating .ctls{align-self:end}
  .is-floating .acts{grid-column:2;align-self:end}
}

/* very little room (a desktop page zoomed to 400 %): the whole panel scrolls, the last button stays in sight */
@media (max-width:479px) and (max-height:459px){
  .panel.is-floating{block-size:100dvh;overflow:auto;grid-template:auto auto auto auto/minmax(0,1fr)}
  .is-floating .main{overflow:visible}
  .is-floating .acts{position:sticky;inset-block-end:0;background:var(--_s);padding-block:8u}
}
`;
