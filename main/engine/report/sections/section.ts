import type { Block } from '../document.ts';
import type { ReportData } from '../report-data.ts';
import type { Zone } from '../zone.ts';

/** One chapter of the report. A required one cannot be left out. */
export interface SectionMaker {
  readonly id: string;
  readonly title: string;
  readonly required: boolean;
  make(data: ReportData, zone: Zone): readonly Block[];
}
