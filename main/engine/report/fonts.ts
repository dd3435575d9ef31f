import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Failure } from '../../../shared/base/failure.ts';
import { charactersOf } from './typst/glyphs.ts';

/**
 * The fonts of the report, from packages that ship with the program. Names in the case are set in the regular weight
 * alone, so one weight of each script is enough; the program's own words are Latin and have a second one.
 */
type Range = readonly [first: number, last: number];
interface FontFile {
  readonly package: string;
  readonly path: string;
  /** Family name as the file itself says it. */
  readonly family: string;
  /** The only characters that this font draws, and draws before any other font does: first and last of each range. */
  readonly covers?: readonly Range[];
}

const files: readonly FontFile[] = [
  {
    package: '@expo-google-fonts/noto-sans-devanagari',
    path: '400Regular/NotoSansDevanagari_400Regular.ttf',
    family: 'Noto Sans Devanagari',
    // Devanagari with its Vedic and extended blocks. A joiner goes with the letter before it, so none is named here.
    covers: [
      [0x0900, 0x097f],
      [0x1cd0, 0x1cff],
      [0xa830, 0xa839],
      [0xa8e0, 0xa8ff],
      [0x11b00, 0x11b09],
    ],
  },
  // Latin, Greek and Cyrillic.
  { package: '@embedpdf/fonts-latin', path: 'fonts/NotoSans-Regular.ttf', family: 'Noto Sans' },
  { package: '@embedpdf/fonts-latin', path: 'fonts/NotoSans-SemiBold.ttf', family: 'Noto Sans' },
  { package: '@embedpdf/fonts-sc', path: 'fonts/NotoSansHans-Regular.otf', family: 'Noto Sans S Chinese' },
  { package: '@embedpdf/fonts-arabic', path: 'fonts/NotoNaskhArabic-Regular.ttf', family: 'Noto Naskh Arabic' },
];

/** Families in the order in which a character looks for its font. */
export const families: readonly { readonly name: string; readonly covers: readonly Range[] | null }[] = files
  .map(({ family, covers }) => ({ name: family, covers: covers ?? null }))
  .filter((one, index, all) => all.findIndex((other) => other.name === one.name) === index);

/** What the fonts together can draw, each within what it is asked to. `fonts` as `readFonts` gives them. */
export function drawableBy(fonts: readonly Uint8Array[]): Set<number> {
  const drawable = new Set<number>();
  for (const [index, { covers }] of files.entries()) {
    const font = fonts[index];
    if (font === undefined) continue;
    const own = charactersOf(font);
    if (!covers) for (const character of own) drawable.add(character);
    else
      for (const [first, last] of covers) for (let at = first; at <= last; at += 1) if (own.has(at)) drawable.add(at);
  }
  return drawable;
}

/** The package's folder: the resolver finds its entry, wherever node_modules lies, also inside a packed program. */
function folderOf(name: string): string {
  const require = createRequire(import.meta.url);
  for (let folder = dirname(require.resolve(name)); dirname(folder) !== folder; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json')) && folder.replaceAll('\\', '/').endsWith(name)) return folder;
  }
  throw new Failure('internal', `The package ${name} lies in a place where its fonts cannot be found.`);
}

/** The letters of the drawing: the window's own, so that the picture on paper is that of the screen. Below `resources/fonts`. */
const pictureFiles = [
  { weight: 400, file: 'Inter-Regular.ttf' },
  { weight: 500, file: 'Inter-Medium.ttf' },
  { weight: 600, file: 'Inter-SemiBold.ttf' },
] as const;
/** Family name as those files say it. */
export const pictureFamily = 'Inter';

/** Reads the letters of the drawing from the program's folder of resources. Half a megabyte. */
export function readPictureFonts(resources: string): { readonly weight: number; readonly bytes: Buffer }[] {
  return pictureFiles.map(({ weight, file }) => {
    const path = join(resources, 'fonts', file);
    try {
      return { weight, bytes: readFileSync(path) };
    } catch {
      throw new Failure(
        'internal',
        `The font ${path} could not be read, so no report can be made.`,
        'Install the program anew; the case is not affected.',
      );
    }
  });
}

/** Reads every font file. About 10 MB, most of it Chinese. */
export function readFonts(): Buffer[] {
  return files.map((file) => {
    try {
      return readFileSync(join(folderOf(file.package), file.path));
    } catch (error) {
      if (error instanceof Failure) throw error;
      throw new Failure(
        'internal',
        `The font ${file.path} of the package ${file.package} could not be read, so no report can be made.`,
        'Install the program anew; the case is not affected.',
      );
    }
  });
}
