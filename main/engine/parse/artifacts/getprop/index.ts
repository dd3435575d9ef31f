import type { LineReader, RecordSink, TextArtifact } from '../../../model/artifact.ts';
import type { Place } from '../../../model/place.ts';
import { cutLine } from '../../cut-line.ts';

const mostLines = 1_000;

/** Reads `[key]: [value]`; a value may go on over lines up to the one that ends with `]`. Source: getprop of AOSP. */
class GetpropReader implements LineReader {
  private readonly sink: RecordSink;
  private open: { readonly key: string; readonly at: Place; readonly lines: string[] } | null = null;
  private begun = false;

  constructor(sink: RecordSink) {
    this.sink = sink;
  }

  line(text: string, at: Place): void {
    const start = /^\[([^\]]{1,500})\]: \[/.exec(text);
    if (start) {
      this.giveUp();
      this.begun = true;
      this.open = { key: start[1]!, at, lines: [] };
      this.more(text.slice(start[0].length));
    } else if (this.open) {
      this.more(text);
    } else if (this.begun && text.trim() !== '') {
      this.sink.warn({ at, text: text.slice(0, 200), reason: 'This line is no property.' });
    }
  }

  private more(text: string): void {
    const { open } = this;
    if (!open) return;
    open.lines.push(text);
    if (text.endsWith(']')) {
      this.open = null;
      const value = open.lines.join('\n').slice(0, -1);
      this.sink.record({ kind: 'property', key: open.key, value }, open.at);
    } else if (open.lines.length >= mostLines) this.giveUp();
  }

  private giveUp(): void {
    const { open } = this;
    this.open = null;
    if (!open) return;
    this.sink.warn({ at: open.at, text: open.key, reason: 'The value of this property has no end; it was not taken.' });
  }

  unfinished(text: string, at: Place): void {
    // A closing bracket may stand inside a value, so a line that is cut off proves no end.
    this.giveUp();
    cutLine(this.sink, 'list', text, at);
  }

  passedOver(): void {
    this.giveUp();
  }

  end(): void {
    this.giveUp();
  }
}

/** The system properties. Section: `getprop`. */
export const getprop: TextArtifact = {
  id: 'getprop',
  title: 'System properties',
  form: 'text',
  reads: ['getprop'],
  proves: ['At the time of the command the system held these properties.'],
  doesNotProve: [
    'Properties are set by the system’s maker and, on a rooted phone, by anyone; they are not proof of the hardware.',
  ],
  recognise({ text }) {
    return (text.match(/^\[[\w.-]+\]: \[/gm) ?? []).length >= 2 ? 'getprop' : null;
  },
  open: (_section, sink) => new GetpropReader(sink),
};
