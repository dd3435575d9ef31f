import type { LineReader, RecordSink, TextArtifact } from '../../../model/artifact.ts';
import type { Place } from '../../../model/place.ts';
import { cutLine } from '../../cut-line.ts';

const second = 1_000_000;

/**
 * Reads the answers to `date +%s.%N; cat /proc/uptime`, one behind the other: seconds since 1970 with up to nine digits
 * behind the point (a phone before Android 7 prints the letter `N` and so tells whole seconds), then seconds since the
 * start, sleep included, with two digits. Source: toybox `date`, the kernel's `uptime_proc_show`.
 */
class ClockReader implements LineReader {
  private readonly sink: RecordSink;
  private held: { readonly phoneUs: number; readonly resolutionUs: number; readonly at: Place } | null = null;

  constructor(sink: RecordSink) {
    this.sink = sink;
  }

  line(text: string, at: Place): void {
    const date = /^(\d{9,11})(?:\.([\d%N]{1,10}))?\r?$/.exec(text);
    if (date) {
      this.release(null);
      const digits = /^\d{1,9}/.exec(date[2] ?? '')?.[0];
      this.held = {
        phoneUs: Number(date[1]) * second + Number((digits ?? '').slice(0, 6).padEnd(6, '0')),
        resolutionUs: digits === undefined ? second : 10 ** Math.max(0, 6 - digits.length),
        at,
      };
      return;
    }
    const uptime = /^(\d{1,10})(?:\.(\d{1,6}))? /.exec(text);
    if (uptime && this.held) {
      this.release(Number(uptime[1]) * second + Number((uptime[2] ?? '').padEnd(6, '0')));
    } else if (text.trim() !== '') {
      this.release(null);
      this.sink.warn({ at, text: text.slice(0, 200), reason: 'This line is neither a time nor a running time.' });
    }
  }

  unfinished(text: string, at: Place): void {
    // The running time is whole where the blank behind it is there.
    if (this.held && /^\d{1,10}\.\d{1,6} /.test(text)) this.line(text, at);
    else cutLine(this.sink, 'answer', text, at);
  }

  passedOver(): void {
    this.release(null);
  }

  /** A time at the very end may have lost its running time: it is not taken. */
  end(): void {
    this.held = null;
  }

  private release(uptimeUs: number | null): void {
    const { held } = this;
    this.held = null;
    if (!held) return;
    const { phoneUs, resolutionUs, at } = held;
    this.sink.record({ kind: 'clock reading', phoneUs, resolutionUs, uptimeUs }, at);
  }
}

/** The phone's clock beside its running time. Section: `clock`. */
export const clock: TextArtifact = {
  id: 'clock',
  title: 'Clock and running time',
  form: 'text',
  reads: ['clock'],
  proves: ['At the time of the command the phone’s clock showed this, and the phone had been running for so long.'],
  doesNotProve: [
    'It does not say that the clock was right, or since when it stood so.',
    'When the phone was started follows from its running time, which goes on while it sleeps.',
  ],
  // A bare number tells nothing without the command that it answers.
  recognise: () => null,
  open: (_section, sink) => new ClockReader(sink),
};
