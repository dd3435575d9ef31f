import type { LineReader, RecordSink, TextArtifact } from '../../../model/artifact.ts';
import type { Place, SectionHead } from '../../../model/place.ts';
import { cutLine } from '../../cut-line.ts';

/**
 * Reads `settings get NAMESPACE KEY` and `getprop KEY`, which answer with a bare value, and `settings list NAMESPACE`,
 * which answers with `key=value` lines. Which of them it is, the command says. Source: SettingsProvider of AOSP.
 */
class SettingsReader implements LineReader {
  private readonly sink: RecordSink;
  /** The key of a bare value, or where a list puts its keys. */
  private readonly key: string | null;
  private readonly list: string | null;
  private lines = 0;

  constructor(section: SectionHead, sink: RecordSink) {
    this.sink = sink;
    const command = section.command ?? '';
    const get = /^(?:cmd )?settings (?:--user \d+ )?get (system|secure|global) ([\w.-]{1,200})$/.exec(command);
    const list = /^(?:cmd )?settings (?:--user \d+ )?list (system|secure|global)$/.exec(command);
    const property = /^getprop ([\w.-]{1,200})$/.exec(command)?.[1];
    this.key = get ? `settings.${get[1]}.${get[2]}` : (property ?? null);
    this.list = list ? `settings.${list[1]}.` : null;
  }

  line(text: string, at: Place): void {
    if (text === '') return;
    this.lines += 1;
    if (this.list !== null) this.pair(this.list, text, at);
    else if (this.key !== null && this.lines === 1) {
      // A setting that was never made is answered with the word null.
      if (text !== 'null') this.sink.record({ kind: 'property', key: this.key, value: text }, at);
    } else this.stray(text, at);
  }

  private pair(prefix: string, text: string, at: Place): void {
    const equals = text.indexOf('=');
    if (equals < 1) this.stray(text, at);
    else {
      const key = prefix + text.slice(0, equals);
      this.sink.record({ kind: 'property', key, value: text.slice(equals + 1) }, at);
    }
  }

  private stray(text: string, at: Place): void {
    this.sink.warn({ at, text: text.slice(0, 200), reason: 'This line is no answer to the question that was asked.' });
  }

  unfinished(text: string, at: Place): void {
    cutLine(this.sink, 'answer', text, at);
  }

  end(): void {}
}

/** Single settings and properties that were asked for by name. Section: `settings`. */
export const settings: TextArtifact = {
  id: 'settings',
  title: 'Settings',
  form: 'text',
  reads: ['settings'],
  proves: ['At the time of the command the phone held this setting.'],
  doesNotProve: ['It does not say since when, or who set it.'],
  // A bare value tells nothing without the command that it answers.
  recognise: () => null,
  open: (section, sink) => new SettingsReader(section, sink),
};
