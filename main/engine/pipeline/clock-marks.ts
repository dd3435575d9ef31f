import { type ClockAnchor, type ClockCourse, clockCourse } from '../../../shared/base/clock-course.ts';
import { type Micros, microsOf } from '../../../shared/base/time.ts';
import type { ReadCase, SqlValue } from '../ports/case-handle.ts';

/** Less than this is no setting of a clock but its running: Android itself speaks of a change from two seconds on. */
const leastJumpUs = 2_000_000;
/** Between the reading of the time and that of the running time; and where the phone tells whole seconds only. */
const readingUs = 20_000;
const coarseReadingUs = 100_000;

interface ReadingRow {
  readonly evidence: string;
  readonly batch: number;
  readonly section: number;
  readonly line: number | null;
  readonly value: string;
  readonly offset_ms: number;
  readonly offset_error_ms: number;
  readonly host_before: string;
  readonly host_after: string;
}

/** One comparison of the clocks, as evidence and custody log tell it, with the line that told it best. */
interface Comparison extends ClockAnchor {
  readonly batch: number;
  readonly section: number;
  readonly line: number | null;
  readonly fromUs: Micros;
  readonly toUs: Micros;
}

function comparisonOf(rows: readonly ReadingRow[]): Comparison | null {
  const readings = rows.map((row) => {
    const [phone = '', resolution = '', uptime = ''] = row.value.split(' ');
    return {
      row,
      phoneUs: Number(phone),
      resolutionUs: Number(resolution),
      uptimeUs: uptime === '' ? null : Number(uptime),
    };
  });
  const [first] = readings;
  if (!first) return null;
  // The running time is read behind the time: the reading with the least between them lies nearest to the truth.
  const best = readings.reduce((a, b) =>
    b.uptimeUs !== null && (a.uptimeUs === null || b.phoneUs - b.uptimeUs > a.phoneUs - a.uptimeUs) ? b : a,
  );
  const { row } = best;
  return {
    batch: row.batch,
    section: row.section,
    line: row.line,
    phoneUs: best.phoneUs,
    uptimeUs: best.uptimeUs,
    hostUs: best.phoneUs - Math.round(row.offset_ms * 1000),
    errorUs: Math.round(row.offset_error_ms * 1000) + (best.resolutionUs >= 1_000_000 ? coarseReadingUs : readingUs),
    fromUs: microsOf(row.host_before) ?? 0,
    toUs: microsOf(row.host_after) ?? 0,
  };
}

async function comparisons(read: ReadCase): Promise<Comparison[]> {
  const rows = await read.all<ReadingRow>(
    `SELECT e.id evidence, e.batch batch, s.id section, p.line, p.value, e.offset_ms, e.offset_error_ms, e.host_before, e.host_after
     FROM property p JOIN section s ON s.id = p.section JOIN evidence e ON e.id = s.evidence
     WHERE p.key = 'clock reading' AND e.offset_ms IS NOT NULL AND e.offset_error_ms IS NOT NULL
     ORDER BY e.ordinal, p.id`,
  );
  return [...Map.groupBy(rows, (row) => row.evidence).values()].map(comparisonOf).filter((one) => one !== null);
}

/** `3 d 4 h`, `2 h 5 min`, `4 min 10 s`, `2.5 s`: the two largest units. */
function spanText(us: number): string {
  const seconds = Math.abs(us) / 1_000_000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const units = [
    ['d', 86_400],
    ['h', 3600],
    ['min', 60],
    ['s', 1],
  ] as const;
  const at = units.findIndex(([, size]) => seconds >= size);
  const [large, small] = [units[at]!, units[at + 1]];
  const whole = Math.floor(seconds / large[1]);
  const rest = small ? Math.floor((seconds - whole * large[1]) / small[1]) : 0;
  return small && rest > 0 ? `${whole} ${large[0]} ${rest} ${small[0]}` : `${whole} ${large[0]}`;
}

const way = (us: number): string => (us < 0 ? 'back' : 'forward');

/**
 * What a change of the clocks is called, or null where there is none to tell. Between two acquisitions only what is more than
 * the drift of weeks is told, and nothing of the computers, which may be two.
 */
function changeName({ verdict, phoneUs, hostUs, changeUs }: ClockCourse, sameBatch: boolean): string | null {
  if (verdict === 'steady' || (!sameBatch && Math.abs(changeUs) < leastJumpUs)) return null;
  if (verdict === 'phone set') return `The phone’s clock was set ${way(phoneUs ?? 0)} by ${spanText(phoneUs ?? 0)}`;
  if (verdict === 'host set') {
    return sameBatch ? `The computer’s clock was set ${way(hostUs ?? 0)} by ${spanText(hostUs ?? 0)}` : null;
  }
  if (Math.abs(changeUs) < leastJumpUs) return null;
  const side = changeUs < 0 ? 'behind' : 'ahead of';
  return `The phone’s clock stood ${spanText(changeUs)} further ${side} the computer’s than at the comparison before`;
}

function bootMark(at: Comparison): SqlValue[] | null {
  if (at.uptimeUs === null) return null;
  const startUs = at.hostUs - at.uptimeUs;
  const detail = `It had been running for ${spanText(at.uptimeUs)} when it was asked.`;
  return ['boot', startUs, startUs, at.errorUs, null, 'Phone started', detail, at.section, null, at.line, null];
}

/**
 * Rows of the context band that follow from comparing the clocks: when the phone was started, by its running time, and
 * where a clock was set. Times are the host's. Each names the line of the answer that it was read from.
 */
export async function clockMarks(read: ReadCase): Promise<SqlValue[][]> {
  const marks: SqlValue[][] = [];
  let before: Comparison | null = null;
  for (const at of await comparisons(read)) {
    const course = before === null ? null : clockCourse(before, at);
    // Where both clocks disagree with the running time, nothing says that it is still the same start.
    if (course === null || course.verdict === 'restarted' || course.verdict === 'both set') {
      const boot = bootMark(at);
      if (boot) marks.push(boot);
    }
    if (before !== null && course !== null) {
      const name = changeName(course, before.batch === at.batch);
      const [fromUs, toUs] = [before.toUs, Math.max(before.toUs, at.fromUs)];
      const detail = 'Between two comparisons of the phone’s clock, its running time and the computer’s clock.';
      if (name !== null) {
        marks.push(['clock', fromUs, toUs, course.changeErrorUs, null, name, detail, at.section, null, at.line, null]);
      }
    }
    before = at;
  }
  return marks;
}
