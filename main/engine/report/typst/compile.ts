import type { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { Failure } from '../../../../shared/base/failure.ts';
import type { ReportDocument } from '../document.ts';
import { readFonts } from '../fonts.ts';
import { encode } from './encode.ts';
import { charactersOf } from './glyphs.ts';
import { DATA_FILE, template } from './template.ts';

/** A folder that need not exist: the typesetter gets both of its files from memory and can read no others. */
const ROOT = process.platform === 'win32' ? 'C:\\phonehome-report' : '/phonehome-report';
const MAIN_FILE = '/main.typ';
const inRoot = (file: string) => (process.platform === 'win32' ? ROOT + file.replaceAll('/', '\\') : ROOT + file);

interface Press {
  readonly compiler: NodeCompiler;
  readonly drawable: ReadonlySet<number>;
}
let press: Promise<Press> | null = null;

/** Loaded with the first report: the typesetter and its fonts take about a quarter of a second. */
async function loadPress(): Promise<Press> {
  const { NodeCompiler: Compiler } = await import('@myriaddreamin/typst-ts-node-compiler');
  const fonts = readFonts();
  const drawable = new Set<number>();
  for (const font of fonts) charactersOf(font, drawable);
  const compiler = Compiler.create({ workspace: ROOT, fontArgs: [{ fontBlobs: fonts }] });
  compiler.addSource(inRoot(MAIN_FILE), template);
  return { compiler, drawable };
}

function said(problem: { shortDiagnostics: unknown[] } | null): string {
  const first = problem?.shortDiagnostics[0] as { message?: string } | undefined;
  return first?.message ?? 'no reason given';
}

/** Sets the document and hands it to `use`, which must be done with it when it returns. */
async function typeset<R>(document: ReportDocument, use: (compiler: NodeCompiler, set: Typeset) => R): Promise<R> {
  press ??= loadPress().catch((error) => {
    press = null;
    throw error;
  });
  const { compiler, drawable } = await press;
  compiler.mapShadow(inRoot(DATA_FILE), Buffer.from(JSON.stringify(encode(document, drawable))));
  try {
    const answer = compiler.compile({ mainFilePath: inRoot(MAIN_FILE), resetRead: true });
    const result = answer.result;
    if (!result) throw new Failure('internal', `The report could not be typeset: ${said(answer.takeError())}.`);
    return use(compiler, result);
  } finally {
    compiler.unmapShadow(inRoot(DATA_FILE));
    compiler.evictCache(2);
  }
}
type Typeset = NonNullable<ReturnType<NodeCompiler['compile']>['result']>;

/** Archival PDF with tags and Unicode text (PDF/A-2a). The same document gives the same bytes. */
export function toPdf(document: ReportDocument): Promise<{ pdf: Uint8Array; pages: number }> {
  return typeset(document, (compiler, set) => {
    try {
      const made = compiler.pdf(set, { pdfStandard: 'a-2a' });
      return { pdf: new Uint8Array(made.buffer, made.byteOffset, made.byteLength), pages: set.numOfPages };
    } catch (error) {
      throw new Failure(
        'internal',
        `The report could not be written as PDF: ${error instanceof Error ? error.message : error}`,
      );
    }
  });
}

/** All pages as one SVG, text as outlines. */
export function toSvg(document: ReportDocument): Promise<{ svg: string; pages: number }> {
  return typeset(document, (compiler, set) => ({ svg: compiler.plainSvg(set), pages: set.numOfPages }));
}
