import { execFileSync } from 'node:child_process';

function hasPdfToText(): boolean {
  try {
    execFileSync('pdftotext', ['-v'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Whether PDF files can be read back here (pdftotext of poppler-utils). */
export const readsPdf = hasPdfToText();

/** The words of a PDF in the order of its pages, line ends as spaces. */
export function textOf(pdf: Uint8Array): string {
  return execFileSync('pdftotext', ['-enc', 'UTF-8', '-', '-'], { input: pdf, maxBuffer: 1 << 28 })
    .toString()
    .replaceAll(/\s+/g, ' ');
}
