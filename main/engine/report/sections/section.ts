import type { Block } from '../document.ts';
import type { Letters } from '../drawing/letters.ts';
import type { ReportData } from '../report-data.ts';
import type { Zone } from '../zone.ts';

/** One chapter of the report. A required one cannot be left out. */
export interface SectionMaker {
  readonly id: string;
  readonly title: string;
  readonly required: boolean;
  /** `letters` measures and names the letters of drawings. */
  make(data: ReportData, zone: Zone, letters: Letters): readonly Block[];
}
