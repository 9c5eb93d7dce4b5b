/** The style of the gallery's own page. */
export const PAGE_CSS = `
:root,.pane{color-scheme:light;--page:#eef1f0;--ink:#15201c;--soft:#56625d}
:root[data-theme=dark],.pane[data-theme=dark]{color-scheme:dark;--page:#0e100f;--ink:#eef2f0;--soft:#a3aea9}
body{margin:0;background:var(--page);font:400 13px/18px system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
h1{position:absolute;clip-path:inset(50%);inline-size:1px;block-size:1px;overflow:hidden;white-space:nowrap}
.pane{display:grid;gap:40px;padding:24px 32px 36px;justify-content:start;background:var(--page);color:var(--ink)}
.set{display:grid;gap:28px 24px;justify-content:start;align-items:start;grid-template-columns:repeat(4,auto)}
.is-bar{grid-template-columns:repeat(3,auto)}
.is-accents{grid-template-columns:repeat(5,auto)}
.is-launcher{column-gap:32px;grid-template-columns:repeat(4,256px)}
figure:not([hidden]){margin:0;display:grid;gap:10px;justify-items:start}
figcaption{color:var(--soft)}
`;

/** As if the pointer or the keyboard were on a start button: a page can not put them there for a picture. */
export const PRETEND_CSS = `
.is-focus{outline:2px solid var(--_t);outline-offset:2px;box-shadow:inset 0 0 0 1px var(--_ai),0 0 0 2px var(--_s),0 0 0 6px var(--_s)}
.btn.is-active{transform:scale(.985)}
.primary.is-hover{background:var(--_ahov)}
.primary.is-active{background:var(--_aprs)}
`;

/** The text spacing that WCAG 1.4.12 lets people set, as their browser's extension would. */
export const SPACING_CSS = `
*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}
p{margin-block-end:2em!important}
`;
