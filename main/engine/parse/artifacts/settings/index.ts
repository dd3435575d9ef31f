import type { LineReader, RecordSink, TextArtifact } from '../../../model/artifact.ts';
import type { Place, SectionHead } from '../../../model/place.ts';
import { cutLine } from '../../cut-line.ts';

type Namespace = 'global' | 'secure' | 'system';

/**
 * Reads `settings get NAMESPACE KEY` and `getprop KEY`, which answer with a bare value, and `settings list NAMESPACE`,
 * which answers with `key=value` lines. Which of them it is, the command says. In a bugreport stands what the provider dumps:
 * `SECURE SETTINGS (user 0)`, then `_id:1 name:KEY pkg:… value:VALUE default:…`. Source: SettingsProvider and SettingsState of AOSP.
 */
class SettingsReader implements LineReader {
  private readonly sink: RecordSink;
  /** The key of a bare value, or where a list puts its keys. */
  private readonly key: string | null;
  private readonly list: Namespace | null;
  private readonly dumped: boolean;
  /** The part of a provider's dump that the lines belong to. */
  private part: { readonly namespace: Namespace; readonly user: number } | null = null;
  private readonly user: number | null;
  private lines = 0;

  constructor(section: SectionHead, sink: RecordSink) {
    this.sink = sink;
    this.user = section.user ?? null;
    this.dumped = section.name === 'dumpsys settings';
    const command = section.command ?? '';
    const get = /^(?:cmd )?settings (?:--user \d+ )?get (system|secure|global) ([\w.-]{1,200})$/.exec(command);
    const list = /^(?:cmd )?settings (?:--user \d+ )?list (system|secure|global)$/.exec(command);
    const property = /^getprop ([\w.-]{1,200})$/.exec(command)?.[1];
    this.key = get ? `settings.${get[1]}.${get[2]}` : (property ?? null);
    this.list = list ? (list[1] as Namespace) : null;
  }

  line(text: string, at: Place): void {
    if (text === '') return;
    this.lines += 1;
    if (this.dumped) this.inDump(text, at);
    else if (this.list !== null) this.pair(this.list, text, at);
    else if (this.key !== null && this.lines === 1) {
      // A setting that was never made is answered with the word null.
      if (text !== 'null') this.sink.record({ kind: 'property', key: this.key, value: text }, at);
    } else this.stray(text, at);
  }

  private pair(namespace: Namespace, text: string, at: Place): void {
    const equals = text.indexOf('=');
    if (equals < 1) this.stray(text, at);
    else this.setting(namespace, this.user, text.slice(0, equals), text.slice(equals + 1), at);
  }

  private inDump(text: string, at: Place): void {
    const heading = /^(GLOBAL|SECURE|SYSTEM|CONFIG|SSAID) SETTINGS \(user (\d{1,6})\)/.exec(text);
    if (heading) {
      const namespace = heading[1]!.toLowerCase();
      const known = namespace === 'global' || namespace === 'secure' || namespace === 'system';
      this.part = known ? { namespace, user: Number(heading[2]) } : null;
      return;
    }
    const { part } = this;
    // A history of operations and the flags of the system stand there too.
    if (!part || !text.startsWith('_id:')) return;
    const value = /^_id:\S{1,20} name:(.{1,300}?) pkg:\S{1,300} value:(.*)$/.exec(text);
    const user = part.namespace === 'global' ? null : part.user;
    if (!value) this.stray(text, at);
    else this.setting(part.namespace, user, value[1]!, withoutDefault(value[2]!), at);
  }

  private setting(namespace: Namespace, user: number | null, key: string, value: string, at: Place): void {
    this.sink.record({ kind: 'setting', namespace, user, key, value }, at);
  }

  private stray(text: string, at: Place): void {
    this.sink.warn({ at, text: text.slice(0, 200), reason: 'This line is no answer to the question that was asked.' });
  }

  unfinished(text: string, at: Place): void {
    cutLine(this.sink, 'answer', text, at);
  }

  end(): void {}
}

/** What stands behind a value in a provider’s dump is not a part of it. */
function withoutDefault(text: string): string {
  const end = text.lastIndexOf(' default:');
  return end < 0 ? text : text.slice(0, end);
}

/** Settings, asked for by name or as a list, and as a bugreport has them. */
export const settings: TextArtifact = {
  id: 'settings',
  title: 'Settings',
  form: 'text',
  reads: ['settings', 'settings secure', 'settings system', 'dumpsys settings'],
  proves: ['At the time of the command the phone held this setting.'],
  doesNotProve: ['It does not say since when, or who set it.'],
  // A bare value tells nothing without the command that it answers.
  recognise: () => null,
  open: (section, sink) => new SettingsReader(section, sink),
};
