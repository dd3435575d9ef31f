import type { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { Failure } from '../../../../shared/base/failure.ts';
import type { ReportDocument } from '../document.ts';
import { type Letters, lettersOf } from '../drawing/letters.ts';
import { drawableBy, readFonts, readPictureFonts } from '../fonts.ts';
import { encode } from './encode.ts';
import { DATA_FILE, template } from './template.ts';

/** A folder that need not exist: the typesetter gets both of its files from memory and can read no others. */
const ROOT = process.platform === 'win32' ? 'C:\\phonehome-report' : '/phonehome-report';
const MAIN_FILE = '/main.typ';
const inRoot = (file: string) => (process.platform === 'win32' ? ROOT + file.replaceAll('/', '\\') : ROOT + file);

/** What sets reports. */
export interface Press {
  readonly compiler: NodeCompiler;
  readonly drawable: ReadonlySet<number>;
  readonly letters: Letters;
}
type Typeset = NonNullable<ReturnType<NodeCompiler['compile']>['result']>;

let press: Promise<Press> | null = null;

/** Loaded with the first report, not with the program: the typesetter is large, the fonts are some 10 MB. */
async function loadPress(resources: string): Promise<Press> {
  const { NodeCompiler: Compiler } = await import('@myriaddreamin/typst-ts-node-compiler');
  const fonts = readFonts();
  const picture = readPictureFonts(resources);
  const blobs = [...fonts, ...picture.map(({ bytes }) => bytes)];
  const compiler = Compiler.create({ workspace: ROOT, fontArgs: [{ fontBlobs: blobs }] });
  compiler.addSource(inRoot(MAIN_FILE), template);
  const drawable = drawableBy(fonts);
  return { compiler, drawable, letters: lettersOf(picture, drawable) };
}

/** Loads the typesetter and the fonts, with those of the drawing from the program's folder of resources; once for all reports. */
export function readyPress(resources: string): Promise<Press> {
  press ??= loadPress(resources).catch((error) => {
    press = null;
    throw error;
  });
  return press;
}

function said(problem: { shortDiagnostics: unknown[] } | null): string {
  const first = problem?.shortDiagnostics[0] as { message?: string } | undefined;
  return first?.message ?? 'no reason given';
}

/** Sets the document and hands it to `use`, which must be done with it when it returns. */
function typeset<R>(
  { compiler, letters }: Press,
  document: ReportDocument,
  drawable: ReadonlySet<number>,
  use: (set: Typeset) => R,
): R {
  compiler.mapShadow(inRoot(DATA_FILE), Buffer.from(JSON.stringify(encode(document, drawable, letters))));
  try {
    const answer = compiler.compile({ mainFilePath: inRoot(MAIN_FILE), resetRead: true });
    const result = answer.result;
    if (!result) throw new Failure('internal', `The report could not be typeset: ${said(answer.takeError())}.`);
    return use(result);
  } finally {
    compiler.unmapShadow(inRoot(DATA_FILE));
    compiler.evictCache(2);
  }
}

/** Characters that the archival standard turned away, as the typesetter names them; empty for any other fault. */
export function turnedAway(message: string): number[] {
  const texts = [...message.matchAll(/the text `\\?"(.*?)\\?"` could not be displayed/gu)].map((match) => match[1]!);
  return texts.flatMap((text) =>
    [...text.replace(/\\+u\{([0-9a-f]+)\}/g, (_, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16)))].map(
      (letter) => letter.codePointAt(0)!,
    ),
  );
}

/** How often a document is set anew because a font could not draw a character after all. */
const ATTEMPTS = 4;

/** Archival PDF with tags and Unicode text (PDF/A-2a). The same document gives the same bytes. */
export function toPdf(ready: Press, document: ReportDocument): { pdf: Uint8Array; pages: number } {
  let drawable = ready.drawable;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return typeset(ready, document, drawable, (set) => {
        const made = ready.compiler.pdf(set, { pdfStandard: 'a-2a' });
        return { pdf: new Uint8Array(made.buffer, made.byteOffset, made.byteLength), pages: set.numOfPages };
      });
    } catch (error) {
      if (error instanceof Failure) throw error;
      const message = error instanceof Error ? error.message : String(error);
      const undrawn = new Set(turnedAway(message));
      // No name on a phone may keep a report from being made: such a character is named by its number instead.
      if (undrawn.size === 0 || attempt === ATTEMPTS) {
        throw new Failure('internal', `The report could not be written as PDF: ${message.slice(0, 300)}.`);
      }
      drawable = new Set([...drawable].filter((character) => !undrawn.has(character)));
    }
  }
}

/** All pages as one SVG, text as outlines. */
export function toSvg(ready: Press, document: ReportDocument): { svg: string; pages: number } {
  return typeset(ready, document, ready.drawable, (set) => ({
    svg: ready.compiler.plainSvg(set),
    pages: set.numOfPages,
  }));
}
