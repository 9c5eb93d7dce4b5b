/** Where moving pictures are stopped: in the middle of a ring, with the dots on their way. */
const MOMENT_MS = 3000;

function animations(): readonly Animation[] {
  const roots = [...document.querySelectorAll('ever-dial')].map((host) => host.shadowRoot);
  return [document, ...roots].flatMap((root) => root?.getAnimations() ?? []);
}

/** What moves without end stands at the same moment, what ends has ended. */
export function holdStill(): void {
  for (const animation of animations()) {
    if (animation.effect?.getTiming().iterations === Number.POSITIVE_INFINITY) {
      animation.pause();
      animation.currentTime = MOMENT_MS;
    } else {
      animation.finish();
    }
  }
}

/** What moves: classes and the name of the animation or the property. */
export function elementsInMotion(): readonly string[] {
  return animations()
    .filter(({ playState }) => playState === 'running')
    .map((animation) => {
      const { target } = animation.effect as KeyframeEffect;
      const name = Reflect.get(animation, 'animationName') ?? 'transition';
      return `${target?.parentElement?.className} > ${target?.className}: ${name}`;
    });
}
