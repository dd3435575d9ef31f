import type { Bugreport } from './bugreport.ts';

/**
 * The bugreport as the zip that `adb bugreport` leaves behind. yazl is asked for only here, so that the phone itself
 * runs where the tools of development are not installed.
 */
export async function zipBugreport(report: Bugreport): Promise<Uint8Array> {
  const { ZipFile } = await import('yazl');
  const zip = new ZipFile();
  const mtime = new Date(Date.UTC(2009, 0, 1));
  for (const { name, text } of report.members)
    zip.addBuffer(Buffer.from(text, 'utf8'), name, { mtime, mode: 0o100600, forceDosTimestamp: true });
  zip.end();
  const chunks: Uint8Array[] = [];
  for await (const chunk of zip.outputStream) chunks.push(chunk as Uint8Array);
  return new Uint8Array(Buffer.concat(chunks));
}
