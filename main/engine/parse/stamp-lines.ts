import type { Place } from '../model/place.ts';
import type { LookRecord } from '../model/record.ts';

const second = 1_000_000;

/**
 * Reads the two lines that stand in front of answers which are asked again and again: `date +%s.%N` (a phone before Android 7
 * prints the letter `N` and so tells whole seconds) and `cat /proc/uptime`. Source: toybox `date`, the kernel's `uptime_proc_show`.
 */
export class StampLines {
  /** Where the time stands; null before it came. */
  place: Place | null = null;
  private at: number | null = null;
  private resolutionUs = second;
  private uptimeUs: number | null = null;
  private open = true;

  /** Takes a line where it is one of the two; false: it is not, and none of the two comes behind it. */
  take(text: string, at: Place): boolean {
    if (!this.open) return false;
    const date = this.at === null ? /^(\d{9,11})(?:\.([\d%N]{1,10}))?$/.exec(text) : null;
    if (date) {
      const digits = /^\d{1,9}/.exec(date[2] ?? '')?.[0];
      this.at = Number(date[1]) * second + Number((digits ?? '').slice(0, 6).padEnd(6, '0'));
      this.resolutionUs = digits === undefined ? second : 10 ** Math.max(0, 6 - digits.length);
      this.place = at;
      return true;
    }
    const uptime = /^(\d{1,10})(?:\.(\d{1,6}))? \d{1,12}(?:\.\d{1,6})?$/.exec(text);
    if (uptime) {
      this.uptimeUs = Number(uptime[1]) * second + Number((uptime[2] ?? '').padEnd(6, '0'));
      this.place ??= at;
      this.open = false;
      return true;
    }
    this.open = text.trim() === '';
    return this.open;
  }

  /** The look that the two lines date. */
  look(parts: readonly string[]): LookRecord {
    return { kind: 'look', at: this.at, resolutionUs: this.resolutionUs, uptimeUs: this.uptimeUs, parts };
  }
}
