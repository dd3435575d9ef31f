import { Failure } from '../../../shared/base/failure.ts';
import { microsOf } from '../../../shared/base/time.ts';
import { coverOf } from './cover.ts';
import { code, type ReportDocument, user } from './document.ts';
import type { Letters } from './drawing/letters.ts';
import type { ReportChoices, ReportData } from './report-data.ts';
import { sections } from './sections/index.ts';
import { wording } from './wording.ts';
import { zoneClock } from './zone.ts';

function checkOmitted(omit: readonly string[]): void {
  for (const id of omit) {
    const section = sections.find((one) => one.id === id);
    if (!section) throw new Failure('wrong-use', `The report has no section “${id}”.`);
    if (section.required)
      throw new Failure('wrong-use', `The section “${section.title}” cannot be left out of a report.`);
  }
}

/** The report as a tree: the same data and choices give the same tree. Throws `wrong-use` for a choice that cannot be. */
export function makeDocument(data: ReportData, choices: ReportChoices, letters: Letters): ReportDocument {
  const omit = choices.omit ?? [];
  checkOmitted(omit);
  const us = microsOf(choices.date);
  if (us === null)
    throw new Failure('wrong-use', `“${choices.date}” is not a date for a report: give one such as 2026-03-01.`);
  const at = new Date(us / 1000);
  const iso = at.toISOString();
  const printed = /^\d{4}-\d{2}-\d{2}$/.test(choices.date.trim())
    ? choices.date.trim()
    : `${iso.slice(0, 19).replace('T', ' ')} UTC`;

  const zone = zoneClock(data.zone, data.totals.firstUs ?? us, data.totals.lastUs ?? us);
  const kept = sections.filter((section) => !omit.includes(section.id));
  const omitted = sections.filter((section) => omit.includes(section.id)).map((section) => section.title);
  const number = data.info.number?.trim();
  const name = number || data.caseName;
  return {
    title: `${wording.title}: ${name}`,
    authors: data.info.examiner?.trim() ? [data.info.examiner] : [],
    date: [
      at.getUTCFullYear(),
      at.getUTCMonth() + 1,
      at.getUTCDate(),
      at.getUTCHours(),
      at.getUTCMinutes(),
      at.getUTCSeconds(),
    ],
    header: {
      left: [`${number ? wording.cover.number : wording.cover.case} `, user(name)],
      right: [`${wording.cover.hash} `, code(data.custody.head.slice(0, 12))],
    },
    footer: [
      'Phonehome ',
      user(data.version),
      ` · ${printed}`,
      ...(data.practice ? [` · ${wording.practiceTitle}`] : []),
    ],
    page: wording.page,
    cover: coverOf(data, zone, printed, omitted),
    sections: kept.map(({ id, title, make }) => ({ id, title, blocks: make(data, zone, letters) })),
  };
}
