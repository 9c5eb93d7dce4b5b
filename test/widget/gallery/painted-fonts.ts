import type { CDPSession, Page } from 'playwright-core';

type Node = Awaited<ReturnType<typeof documentOf>>;

/** Names of the fonts that the elements of a page are really painted with; those of the machine are marked. */
export async function paintedFonts(page: Page): Promise<readonly string[]> {
  const session = await page.context().newCDPSession(page);
  await session.send('DOM.enable');
  await session.send('CSS.enable');
  const names = new Set<string>();
  for (const { nodeId } of wordsOf(await documentOf(session), false)) {
    const { fonts } = await session.send('CSS.getPlatformFontsForNode', { nodeId });
    for (const { familyName, isCustomFont } of fonts) {
      names.add(isCustomFont ? familyName : `${familyName}, of this machine`);
    }
  }
  return [...names].sort();
}

const documentOf = async (session: CDPSession) =>
  (await session.send('DOM.getDocument', { depth: -1, pierce: true })).root;

/** Elements in the shadow roots that have words of their own. */
function wordsOf(node: Node, isInside: boolean): readonly Node[] {
  const { children = [], shadowRoots = [] } = node;
  const hasWords = children.some(({ nodeType, nodeValue }) => nodeType === 3 && nodeValue.trim());
  return [
    ...(isInside && hasWords ? [node] : []),
    ...children.flatMap((child) => wordsOf(child, isInside)),
    ...shadowRoots.flatMap((root) => wordsOf(root, true)),
  ];
}
