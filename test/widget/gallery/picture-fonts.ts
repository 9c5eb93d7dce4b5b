const WEIGHTS = ['400', '500', '600'];
const FILES: readonly (readonly [family: string, file: string])[] = [
  ['Picture Latin', 'inter/inter-latin-'],
  ['Picture Arabic', 'noto-sans-arabic/noto-sans-arabic-arabic-'],
];

/** The fonts of the pictures, for `font-family`: the same letters on every machine. */
export const PICTURE_FONTS = FILES.map(([family]) => `"${family}"`).join(',');

/** Loads {@link PICTURE_FONTS} from the folder with the files of the font packages. */
export async function loadPictureFonts(folder: string): Promise<void> {
  await Promise.all(
    FILES.flatMap(([family, file]) =>
      WEIGHTS.map(async (weight) => {
        const source = `url(${folder}${file}${weight}-normal.woff2)`;
        document.fonts.add(await new FontFace(family, source, { weight }).load());
      }),
    ),
  );
}
