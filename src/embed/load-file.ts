/**
 * What is known of each file beside the loader: its SHA-384 in base64, then every file that it imports statically, also by
 * way of others.
 */
export type FileTable = Record<string, readonly [sha384: string, ...imports: readonly string[]]>;

/** Imports a file beside the loader after the browser has compared it, and all that it imports, with their hashes. */
export interface LoadFile {
  /**
   * Rejects when the file is unknown, does not come, or is not the file that was built. May be called again after that.
   * @param file - its name, such as `app.js`; a `./` before it is allowed
   */
  <Module>(file: string): Promise<Module>;
  /** The hashes: those of the first files come with the loader, all others with `app.js`. */
  readonly files: FileTable;
}

/**
 * Makes {@link LoadFile}. `import()` takes no hash, but a module that was preloaded with one is what `import()` gives, so each file
 * is preloaded first. Browsers without `modulepreload` import without the comparison.
 * @param base - absolute address of the loader: `import()` of a classic script from another origin has no base
 * @param nonce - of the loader's own script tag; empty where the page uses none
 */
export function createLoadFile(base: string, nonce: string, files: FileTable): LoadFile {
  const preloads: Record<string, Promise<unknown> | undefined> = {};
  const address = (file: string): string => new URL(file, base).href;

  const preload = (file: string): Promise<unknown> => {
    // Throws for a file that nobody knows: without a hash it would count as compared.
    const [sha384] = files[file] as FileTable[string];
    preloads[file] ??= new Promise((resolve, reject) => {
      const link = document.createElement('link');
      const onerror = (): void => {
        preloads[file] = undefined;
        reject(Error(`everdial: ${file} is missing or wrong`));
      };
      Object.assign(link, {
        rel: 'modulepreload',
        crossOrigin: '',
        integrity: `sha384-${sha384}`,
        nonce,
        href: address(file),
        onload: resolve,
        onerror,
      });
      if (link.relList.supports(link.rel)) document.head.append(link);
      else resolve(undefined);
    });
    return preloads[file];
  };

  return Object.assign(
    async <Module>(file: string): Promise<Module> => {
      const name = file.replace('./', '');
      await Promise.all([name, ...(files[name]?.slice(1) ?? [])].map(preload));
      return import(address(name));
    },
    { files },
  );
}
