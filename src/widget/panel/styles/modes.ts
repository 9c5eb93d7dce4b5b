/** Reduced motion and paper. Last, so that it wins. */
export const MODES = `
@media (prefers-reduced-motion:reduce){
  .btn:active,.ctl:active .disc{transform:none}
  .ring .node::before{transform:scale(1.2);opacity:.5}
  .ring .node::after{transform:scale(1.34);opacity:.25}
  .dots.flow i:nth-child(n+6){color:var(--_b)}
}
@media print{
  .panel{display:none}
}
`;
