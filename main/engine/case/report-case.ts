import { createHash, randomUUID } from 'node:crypto';
import { readFile, rename, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Failure } from '../../../shared/base/failure.ts';
import { isoOf } from '../../../shared/base/time.ts';
import type { EventView } from '../../../shared/types/event.ts';
import type { FindingView } from '../../../shared/types/finding.ts';
import type { ExportOutcome, ReportOutcome, ReportPreview } from '../../../shared/types/outcome.ts';
import { writeNew } from '../custody/write-new.ts';
import type { ReportChoices, Work } from '../engine-api.ts';
import type { ReadCase } from '../ports/case-handle.ts';
import { exporters } from '../report/exports/index.ts';
import type { ReportData, ReportPicture, ResourceNotice } from '../report/report-data.ts';
import { type CasePaths, readCaseHeader, sizeOf } from '../store/case-folder.ts';
import { CHAIN_START, readCustody } from '../store/custody-log.ts';
import { FindingLog } from '../store/finding-marks.ts';
import { findingsOf, keptPicture } from './finding-case.ts';
import { keepReport } from './keep-report.ts';
import { outPlace, outsidePlace } from './out-place.ts';
import type { CaseParts } from './parts.ts';
import { reportSignature } from './report-signature.ts';
import { reportViews } from './report-views.ts';
import { logOutput } from './write-session.ts';

/** The log as it stood after the last change of evidence or of findings: lines about reports would make each report change the next. */
async function custodyOfEvidence(paths: CasePaths): Promise<{ lines: number; head: string }> {
  const reading = await readCustody(paths.custody);
  const last = reading.lines.findLast(
    (line) =>
      line.action === 'batch.finished' || line.action === 'evidence.kept' || String(line.action).startsWith('finding.'),
  );
  if (!last) return { lines: 0, head: CHAIN_START };
  return { lines: last.seq, head: reading.lines[last.seq]?.prev ?? reading.head };
}

async function noticesOf(resources: string): Promise<ResourceNotice[]> {
  const manifest = JSON.parse(await readFile(join(resources, 'manifest.json'), 'utf8')) as {
    files: { title: string; source: string; licence: string; date: string; sha256: string }[];
  };
  return manifest.files.map(({ title, source, licence, date, sha256 }) => ({
    name: title,
    source,
    licence,
    date,
    sha256,
  }));
}

/** The pictures of findings by their hashes, and why one is not printed. */
async function reportPictures(paths: CasePaths, findings: readonly FindingView[]): Promise<ReportPicture[]> {
  const pictures: ReportPicture[] = [];
  for (const { picture } of findings) {
    if (!picture || pictures.some(({ sha256 }) => sha256 === picture.sha256)) continue;
    const kept = await keptPicture(paths, picture);
    pictures.push(
      typeof kept === 'string'
        ? { sha256: picture.sha256, svg: kept, fault: null }
        : { sha256: picture.sha256, svg: null, fault: kept.message },
    );
  }
  return pictures;
}

// The typesetter is large: it is loaded when the first report is asked for, not with the program.
const reportRoom = () => import('../report/report.ts');

async function dataOf(paths: CasePaths, parts: CaseParts, read: ReadCase): Promise<ReportData> {
  const header = await readCaseHeader(paths);
  const findings = await findingsOf({ read, log: new FindingLog(paths.custody) });
  const pictures = await reportPictures(paths, findings);
  const { collectReportData } = await reportRoom();
  return collectReportData(read, {
    version: parts.version,
    caseName: paths.name,
    info: header.info,
    sample: header.sample,
    custody: await custodyOfEvidence(paths),
    signature: await reportSignature(paths),
    notices: await noticesOf(parts.resources),
    resources: parts.resources,
    views: await reportViews(read, await (await parts.deriveParts(paths.evidence)).lists(), findings),
    pictures,
  });
}

function withDate(choices: ReportChoices, parts: CaseParts) {
  return { omit: choices.omit, date: choices.date ?? isoOf(parts.clock.now()) };
}

export async function previewCase(
  paths: CasePaths,
  parts: CaseParts,
  read: ReadCase,
  choices: ReportChoices,
  maxPages: number,
): Promise<ReportPreview> {
  const { previewReport } = await reportRoom();
  return previewReport(await dataOf(paths, parts, read), withDate(choices, parts), maxPages);
}

function writeFailure(error: unknown, path: string): unknown {
  const code = (error as { code?: string }).code;
  if (code === 'ENOSPC')
    return new Failure(
      'disk-full',
      `The disk is full: ${path} could not be written.`,
      'Free some space and try again.',
    );
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
    return new Failure('no-permission', `${path} cannot be written.`, 'Choose another place.');
  if (code === 'ENOENT' || code === 'ENOTDIR')
    return new Failure('not-found', `The folder of ${path} does not exist.`, 'Make it, or choose another place.');
  if (code === 'ENAMETOOLONG') return new Failure('wrong-use', `The name is too long: ${path}.`, 'Choose another.');
  if (code === 'EISDIR') return new Failure('wrong-use', `${path} is a folder.`, 'Name a file.');
  return error;
}

/** Writes the PDF whole or not at all, and its hash into the custody log where the case can be written. */
export async function reportCase(
  paths: CasePaths,
  parts: CaseParts,
  read: ReadCase,
  out: string | null,
  choices: ReportChoices,
  work: Work,
): Promise<ReportOutcome> {
  const place = out === null ? { path: null, inside: true } : await outPlace(paths, out);
  work.progress.now('Gathering what the case holds', 0.1);
  const chosen = withDate(choices, parts);
  const data = await dataOf(paths, parts, read);
  work.progress.now('Setting the pages', 0.4);
  const { buildReport } = await reportRoom();
  const { pdf, pages } = await buildReport(data, chosen);
  if (work.signal.aborted) throw new Failure('cancelled', 'The report was cancelled.', 'Nothing was written.');
  const sha256 = createHash('sha256').update(pdf).digest('hex');
  const facts = { pages, date: chosen.date, omit: chosen.omit ?? [] };
  if (place.inside) {
    const name = place.path === null ? null : basename(place.path);
    const path = await keepReport(paths, parts.clock, name, pdf, facts).catch((error) => {
      throw writeFailure(error, place.path ?? paths.reports);
    });
    return { path, pages, bytes: pdf.length, sha256 };
  }
  const path = place.path!;
  const partial = join(dirname(path), `.${basename(path)}.${randomUUID()}.part`);
  try {
    await writeNew(partial, pdf);
    await rename(partial, path);
  } catch (error) {
    await unlink(partial).catch(() => {});
    throw writeFailure(error, path);
  }
  await logOutput(paths, parts.clock, path, 'report.written', {
    outside: basename(path),
    sha256,
    bytes: pdf.length,
    ...facts,
  });
  return { path, pages, bytes: pdf.length, sha256 };
}

/** Writes the events in one of the export forms, and the hashes of its files into the custody log where the case can be written. */
export async function exportCase(
  paths: CasePaths,
  parts: CaseParts,
  format: string,
  out: string,
  events: AsyncIterable<readonly EventView[]>,
): Promise<ExportOutcome> {
  const chosen = exporters.find((one) => one.id === format);
  if (!chosen) {
    throw new Failure(
      'wrong-use',
      `There is no export named ${format}.`,
      `Choose one of ${exporters.map((one) => one.id).join(', ')}.`,
    );
  }
  const path = await outsidePlace(paths, out);
  let file: ExportOutcome['files'][number];
  try {
    file = await chosen.export(events as AsyncIterable<EventView[]>, path);
  } catch (error) {
    throw writeFailure(error, out);
  }
  const bytes = await sizeOf(file.path);
  await logOutput(paths, parts.clock, file.path, 'export.written', {
    format,
    outside: basename(file.path),
    rows: file.rows,
    sha256: file.sha256,
    bytes,
  });
  return { files: [file] };
}
