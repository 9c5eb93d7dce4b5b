import type { BenchCase, FigureResult, Limit } from './bench.js';
import type { Spread } from './statistics.js';

/** How far the short run lets a ratio go over its limit: the machines it runs on are shared. */
const QUICK_SLACK = 1.25;

/**
 * Holds the medians of a case against its limits. The short run judges ratios alone, and generously: milliseconds of
 * another machine say nothing.
 */
export function limitsOf(
  { group, name, limits = {} }: Pick<BenchCase, 'group' | 'name' | 'limits'>,
  figures: readonly FigureResult[],
  { failed, quick }: { readonly failed: boolean; readonly quick: boolean },
): readonly Limit[] {
  return figures.flatMap(({ key, title: figure, unit = 'ms', ratio, values, times }) => {
    const own = limits[key];
    const judge = (of: string, limit: number | undefined, spread: Spread | undefined): Limit[] => {
      if (limit === undefined) return [];
      const value = failed ? null : (spread?.median ?? null);
      const met = value !== null && value <= limit;
      const isExplained = !met && value !== null && own?.explained !== undefined;
      const explained = isExplained ? { explained: own.explained } : {};
      return [{ name: `${group}: ${name}`, figure, unit: of, value, limit, met, ...explained }];
    };
    const highest = quick && own?.ratio !== undefined ? own.ratio * QUICK_SLACK : own?.ratio;
    return [
      ...judge(unit, quick ? undefined : own?.value, values),
      ...judge(ratio?.title ?? '', highest, times),
    ];
  });
}

/** Whether it fails the run: it is not kept, and nobody has explained why. */
export const isMissed = ({ met, explained }: Limit): boolean => !met && explained === undefined;
