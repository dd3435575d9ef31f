import { makeDocument } from './make-document.ts';
import type { ReportChoices, ReportData } from './report-data.ts';
import { sections } from './sections/index.ts';
import { readyPress, toPdf, toSvg } from './typst/compile.ts';
import { pagesOf } from './typst/pages.ts';

export { collectReportData } from './collect/collect.ts';
export type { ReportChoices, ReportData, ReportExtra, ResourceNotice } from './report-data.ts';

/** The chapters of a report in their order; a required one cannot be left out. */
export function reportSections(): { id: string; title: string; required: boolean }[] {
  return sections.map(({ id, title, required }) => ({ id, title, required }));
}

/** The report as PDF/A bytes: the same for the same data and choices. Throws `wrong-use` for a choice that cannot be. */
export async function buildReport(
  data: ReportData,
  choices: ReportChoices,
): Promise<{ pdf: Uint8Array; pages: number }> {
  const press = await readyPress(data.resources);
  return toPdf(press, makeDocument(data, choices, press.letters));
}

/** The first pages as pictures, text as outlines; `truncated` says that there are more. */
export async function previewReport(
  data: ReportData,
  choices: ReportChoices,
  maxPages: number,
): Promise<{ pages: { svg: string }[]; truncated: boolean }> {
  const press = await readyPress(data.resources);
  const { svg, pages } = toSvg(press, makeDocument(data, choices, press.letters));
  return { pages: pagesOf(svg, pages, maxPages), truncated: pages > maxPages };
}
