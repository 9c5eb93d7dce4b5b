const ME = [0, 0.1, 0.35, 0.7, 0.45, 0.85, 0.5, 0.2, 0.05];
const WEAK = [0, 0.05, 0.3, 0, 0.2, 0, 0.35, 0.1, 0];
const THEM = [0.05, 0.25, 0.6, 0.3, 0.95, 0.55, 0.75, 0.3, 0.1];
const BAR = [0.3, 0.8, 0.5, 1, 0.4];
const METER = 0.6;

/** Sound that stands still, so that pictures are the same every time. */
export function showStillLevels(root: ParentNode, isWeak: boolean): void {
  const [mine, theirs] = root.querySelectorAll('.dots');
  if (mine?.matches('.live')) setHeights(mine, isWeak ? WEAK : ME);
  if (theirs?.matches('.live')) setHeights(theirs, THEM);
  for (const mark of root.querySelectorAll('.lv')) setHeights(mark, BAR);
  for (const meter of root.querySelectorAll('.meter')) {
    for (const [index, bar] of [...meter.children].entries()) {
      bar.classList.toggle('f', index < METER * meter.children.length - 1);
    }
    meter.setAttribute('aria-valuenow', String(METER * 100));
  }
}

function setHeights(parent: Element, levels: readonly number[]): void {
  for (const [index, bar] of ([...parent.children] as HTMLElement[]).entries()) {
    bar.style.setProperty('--l', String(levels[index] ?? 0));
  }
}
