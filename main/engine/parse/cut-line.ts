import type { RecordSink } from '../model/artifact.ts';
import type { Place } from '../model/place.ts';

/** Says that `what` ends in the middle of its last line, which an artifact therefore did not read. */
export function cutLine(sink: RecordSink, what: 'answer' | 'dump' | 'list', text: string, at: Place): void {
  sink.cut();
  sink.warn({
    at,
    text: text.trim().slice(0, 200),
    reason: `The ${what} ends in the middle of this line; it was not read.`,
  });
}
