import { phoneTitle } from '../../../shared/text/phone-name.ts';
import type { Cell, Cover, Run } from './document.ts';
import { cell, code, line, small, user } from './document.ts';
import { hostTime } from './format.ts';
import type { ReportData } from './report-data.ts';
import { wording } from './wording.ts';
import type { Zone } from './zone.ts';

const stated = (text: string | null): Cell => cell(text?.trim() ? user(text) : wording.notStated);

/** The phone's name, or null. */
export const phoneName = (data: ReportData): string | null => phoneTitle(data.phone);

function zoneSource(data: ReportData): string {
  switch (data.zoneFrom) {
    case 'examiner':
      return wording.cover.zoneOfExaminer;
    case 'phone':
      return wording.cover.zoneOfPhone;
    case 'nobody':
      return wording.cover.zoneOfNobody;
  }
}

function phone(data: ReportData): Cell {
  const name = phoneName(data);
  const { android, build } = data.phone;
  const system: Run[] = android === null ? [] : ['Android ', user(android)];
  return [
    line(name === null ? wording.unknownPhone : user(name)),
    ...(system.length > 0 ? [small(...system)] : []),
    ...(build === null ? [] : [small(code(build))]),
  ];
}

function acquired(data: ReportData): Cell {
  if (data.batches.length === 0) return cell(wording.noBatch);
  return data.batches.map((batch) =>
    line(
      `${wording.batchKind[batch.kind]} ${batch.id}: ${hostTime(batch.startedAt).replace(/\.\d+ UTC$/, '')} to ${
        batch.finishedAt === null ? wording.cover.ongoing : hostTime(batch.finishedAt).replace(/\.\d+ UTC$/, ' UTC')
      }`,
    ),
  );
}

/** The first page. `omitted` are the titles of the sections that the examiner left out. */
export function coverOf(data: ReportData, zone: Zone, date: string, omitted: readonly string[]): Cover {
  const words = wording.cover;
  const serial = data.phone.serial;
  const facts: Cover['facts'] = [
    { label: words.number, value: stated(data.info.number) },
    { label: words.examiner, value: stated(data.info.examiner) },
    { label: words.agency, value: stated(data.info.agency) },
    { label: words.authority, value: stated(data.info.authority) },
    { label: words.phone, value: phone(data) },
    { label: words.serial, value: cell(serial === null ? wording.notKnown : code(serial)) },
    { label: words.acquired, value: acquired(data) },
    { label: words.zone, value: [line(zone.label), small(zoneSource(data))] },
    { label: words.date, value: cell(date) },
    { label: words.program, value: cell('Phonehome ', user(data.version)) },
    { label: words.hash, value: [line(code(data.custody.head)), small(words.hashNote)] },
    ...(omitted.length === 0 ? [] : [{ label: words.omitted, value: omitted.map((title) => line(title)) }]),
  ];
  const name = phoneName(data);
  return {
    kind: wording.kind,
    title: wording.title,
    subject: name === null ? [wording.unknownPhone] : [user(name)],
    notice: data.practice ? { title: wording.practiceTitle, runs: [wording.practiceText] } : null,
    facts,
    contents: wording.contents,
  };
}
