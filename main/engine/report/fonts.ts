import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Failure } from '../../../shared/base/failure.ts';

/**
 * The fonts of the report, from packages that ship with the program. Names in the case are set in the regular weight
 * alone, so one weight of each script is enough; the program's own words are Latin and have a second one.
 */
interface FontFile {
  readonly package: string;
  readonly path: string;
  /** Family name as the file itself says it. */
  readonly family: string;
  /** Scripts that this font draws before any other does, as a regular expression of the typesetter. */
  readonly covers?: string;
}

const files: readonly FontFile[] = [
  {
    package: '@expo-google-fonts/noto-sans-devanagari',
    path: '400Regular/NotoSansDevanagari_400Regular.ttf',
    family: 'Noto Sans Devanagari',
    covers: '[\\u{0900}-\\u{097F}\\u{200C}\\u{200D}]',
  },
  // Latin, Greek and Cyrillic.
  { package: '@embedpdf/fonts-latin', path: 'fonts/NotoSans-Regular.ttf', family: 'Noto Sans' },
  { package: '@embedpdf/fonts-latin', path: 'fonts/NotoSans-SemiBold.ttf', family: 'Noto Sans' },
  { package: '@embedpdf/fonts-sc', path: 'fonts/NotoSansHans-Regular.otf', family: 'Noto Sans S Chinese' },
  { package: '@embedpdf/fonts-arabic', path: 'fonts/NotoNaskhArabic-Regular.ttf', family: 'Noto Naskh Arabic' },
];

/** Families in the order in which a character looks for its font. */
export const families: readonly { readonly name: string; readonly covers: string | null }[] = files
  .map(({ family, covers }) => ({ name: family, covers: covers ?? null }))
  .filter((one, index, all) => all.findIndex((other) => other.name === one.name) === index);

/** The package's folder: the resolver finds its entry, wherever node_modules lies, also inside a packed program. */
function folderOf(name: string): string {
  const require = createRequire(import.meta.url);
  for (let folder = dirname(require.resolve(name)); dirname(folder) !== folder; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json')) && folder.replaceAll('\\', '/').endsWith(name)) return folder;
  }
  throw new Failure('internal', `The package ${name} lies in a place where its fonts cannot be found.`);
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
