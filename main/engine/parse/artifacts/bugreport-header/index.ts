import type { LineReader, RecordSink, TextArtifact } from '../../../model/artifact.ts';
import type { Place, SectionHead } from '../../../model/place.ts';

/** Keys under which header lines are kept; others get their own words, lower-case with hyphens. */
const keyOf: Readonly<Record<string, string>> = {
  'Build fingerprint': 'fingerprint',
  'Android SDK version': 'sdk',
  'Bugreport format version': 'format',
  'Dumpstate info': 'dumpstate',
};

/** Reads the head of a bugreport: `== dumpstate: time`, then `Name: value` lines. Source: dumpstate of AOSP. */
class BugreportHeaderReader implements LineReader {
  private readonly sink: RecordSink;
  private readonly start: Place;
  private readonly seen = new Set<string>();

  constructor(section: SectionHead, sink: RecordSink) {
    this.sink = sink;
    this.start = { line: section.firstLine, offset: section.offset };
  }

  line(text: string, at: Place): void {
    const time = /^== dumpstate: (\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)/.exec(text)?.[1];
    if (time !== undefined) {
      this.seen.add('time');
      this.sink.record({ kind: 'dump time', local: time }, at);
      if (time < '2008') {
        const reason =
          'The phone’s clock stood before there was Android; what this report says of times cannot be right.';
        this.sink.warn({ at, text: time, reason });
      }
      return;
    }
    const match = /^([A-Z][\w /()-]{0,60}): (.*)$/.exec(text);
    if (!match) return;
    const [, name, value] = match;
    const key = Object.hasOwn(keyOf, name!) ? keyOf[name!]! : name!.toLowerCase().replace(/[^a-z0-9]+/g, '-');
    this.seen.add(key);
    const plain = key === 'fingerprint' ? value!.replace(/^'(.*)'$/, '$1') : value!;
    this.sink.record({ kind: 'property', key: `bugreport.${key}`, value: plain.trim() }, at);
  }

  end(): void {
    const missing = [
      ['time', 'time of the report'],
      ['build', 'build'],
      ['fingerprint', 'fingerprint of the build'],
    ].filter(([key]) => !this.seen.has(key!));
    if (missing.length === 0) return;
    const names = missing.map(([, name]) => name).join(', ');
    this.sink.warn({ at: this.start, text: null, reason: `The head of this bugreport does not say: ${names}.` });
  }
}

/** The first lines of a bugreport. Section: `bugreport header`. */
export const bugreportHeader: TextArtifact = {
  id: 'bugreport-header',
  title: 'Head of a bugreport',
  form: 'text',
  reads: ['bugreport header'],
  proves: ['The report says of itself on which build and at which time, by the phone’s clock, it was made.'],
  doesNotProve: ['The phone’s clock need not have been right.'],
  // A bugreport is cut into sections; its head is never a file of its own.
  recognise: () => null,
  open: (section, sink) => new BugreportHeaderReader(section, sink),
};
