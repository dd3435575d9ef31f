import { appIdOf, userOf } from '../../../../../shared/base/uid.ts';
import type { LineReader, RecordSink, TextArtifact } from '../../../model/artifact.ts';
import type { Place, SectionHead } from '../../../model/place.ts';
import type { PackageRecord } from '../../../model/record.ts';
import { cutLine } from '../../cut-line.ts';
import { packageRecord } from '../../packages/package-record.ts';

/** The list of those that are switched off: `pm list packages -d`. */
const disabledOnly = 'pm list packages disabled';

/** Where the system image lies; a path in it says that the app came with the system. */
const imagePath = /^\/(?:system|system_ext|product|vendor|odm|apex)\//;

/**
 * One line of `pm list packages`: `package:[path=]name[ versionCode:N][  installer=name][ uid:N[,N…]]`. The path may hold
 * `=` itself. Source: PackageManagerShellCommand of AOSP, Android 5 to 16.
 */
function readLine(text: string, user: number | null, enabled: boolean | null): PackageRecord[] | null {
  let rest = text.slice('package:'.length).trimEnd();
  const tail = (pattern: RegExp): string | null => {
    const match = pattern.exec(rest);
    if (!match) return null;
    rest = rest.slice(0, match.index);
    return match[1]!;
  };
  const uids = tail(/ uid:(\d{1,10}(?:,\d{1,10}){0,99})$/);
  const installer = tail(/ {1,2}installer=(\S{1,300})$/);
  const code = tail(/ versionCode:(\d{1,20})$/);
  const split = rest.lastIndexOf('=');
  const name = rest.slice(split + 1);
  if (!/^[\w.-]{1,300}$/.test(name)) return null;
  const path = split < 0 ? null : rest.slice(0, split);
  const record = (uid: number | null): PackageRecord =>
    packageRecord(name, {
      user: user ?? (uid === null ? null : userOf(uid)),
      appId: uid === null ? null : appIdOf(uid),
      version: code === null ? null : `versionCode:${code}`,
      path,
      installer: installer === 'null' ? null : installer,
      system: path !== null && imagePath.test(path) ? true : null,
      enabled,
    });
  if (uids === null) return [record(null)];
  const numbers = uids.split(',').map(Number);
  // Several uids name their users themselves, whomever the command asked about.
  return numbers.length === 1 ? [record(numbers[0]!)] : numbers.map((uid) => ({ ...record(uid), user: userOf(uid) }));
}

class PackageListReader implements LineReader {
  private readonly sink: RecordSink;
  private readonly user: number | null;
  private readonly enabled: boolean | null;

  constructor(section: SectionHead, sink: RecordSink) {
    this.sink = sink;
    this.user = section.user ?? null;
    this.enabled = section.name === disabledOnly ? false : null;
  }

  line(text: string, at: Place): void {
    if (text.trim() === '') return;
    const records = text.startsWith('package:') ? readLine(text, this.user, this.enabled) : null;
    if (records) for (const record of records) this.sink.record(record, at);
    else this.sink.warn({ at, text: text.slice(0, 200), reason: 'This line names no package.' });
  }

  unfinished(text: string, at: Place): void {
    cutLine(this.sink, 'list', text, at);
  }

  end(): void {}
}

/** `pm list packages`, with any of its options. Section: `pm list packages`. */
export const packageList: TextArtifact = {
  id: 'package-list',
  title: 'Packages, as listed',
  form: 'text',
  reads: ['pm list packages', disabledOnly],
  proves: ['At the time of the command the package manager listed these packages for the user asked about.'],
  doesNotProve: [
    'It does not name packages that were removed before.',
    'Asked with removed packages included, the list does not tell them from those that are installed.',
  ],
  recognise({ text }) {
    const lines = text.match(/^package:(?:\/|[\w-]+(?:\.|[ \r\n]|$))/gm) ?? [];
    return lines.length >= 2 || (lines.length === 1 && /^\s*package:/.test(text)) ? 'pm list packages' : null;
  },
  open: (section, sink) => new PackageListReader(section, sink),
};
