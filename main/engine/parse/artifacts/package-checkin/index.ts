import { appIdOf } from '../../../../../shared/base/uid.ts';
import type { LineReader, RecordSink, TextArtifact } from '../../../model/artifact.ts';
import type { Place } from '../../../model/place.ts';
import { cutLine } from '../../cut-line.ts';
import { packageRecord } from '../../packages/package-record.ts';

/** Milliseconds of UTC as ISO 8601 with zone; 0 and what is no time are unknown. */
function timeOf(said: string | undefined): string | null {
  if (said === undefined || !/^[1-9]\d{0,13}$/.test(said)) return null;
  return new Date(Number(said)).toISOString();
}

/**
 * Reads `dumpsys package --checkin`: `pkg,name,appId,versionCode,first,last,installer` up to Android 12 and
 * `pkg,name,appId,versionCode,last,…` since 13, `pkg-usr,user,flags,enabled,caller[,first],` for the package before it.
 * Source: Settings.dumpLPr and PackageSetting of AOSP.
 */
class PackageCheckinReader implements LineReader {
  private readonly sink: RecordSink;
  private last: { readonly name: string; readonly appId: number } | null = null;

  constructor(sink: RecordSink) {
    this.sink = sink;
  }

  line(text: string, at: Place): void {
    if (text.startsWith('pkg,')) this.package(text, at);
    else if (text.startsWith('pkg-usr,')) this.user(text, at);
  }

  unfinished(text: string, at: Place): void {
    cutLine(this.sink, 'list', text, at);
  }

  passedOver(): void {
    this.last = null;
  }

  end(): void {}

  private package(text: string, at: Place): void {
    const parts = text.split(',');
    const [, name, appId, code, one, two, three] = parts;
    if (!name || !/^[\w.-]{1,300}$/.test(name) || !/^\d{1,7}$/.test(appId ?? '')) {
      this.last = null;
      this.sink.warn({ at, text: text.slice(0, 200), reason: 'This package line is not in good order.' });
      return;
    }
    this.last = { name, appId: appIdOf(Number(appId)) };
    // Up to Android 12 two times stand here; since 13 one, and the installer is glued to other fields behind it.
    const older = /^\d+$/.test(two ?? '');
    const installer = older ? three : /^([a-z][\w.]*?)(?:-?\d|\?|$)/i.exec(two ?? '')?.[1];
    this.sink.record(
      packageRecord(name, {
        appId: this.last.appId,
        version: /^\d+$/.test(code ?? '') ? `versionCode:${code}` : null,
        firstInstall: older ? timeOf(one) : null,
        lastUpdate: timeOf(older ? two : one),
        installer: !installer || installer === '?' || installer === 'null' ? null : installer,
      }),
      at,
    );
  }

  private user(text: string, at: Place): void {
    const { last } = this;
    if (!last) return;
    const [, user, flags, enabled, , first] = text.split(',');
    if (!/^\d{1,6}$/.test(user ?? '') || flags === undefined) {
      this.sink.warn({ at, text: text.slice(0, 200), reason: 'This user line is not in good order.' });
      return;
    }
    this.sink.record(
      packageRecord(last.name, {
        appId: last.appId,
        user: Number(user),
        installed: flags.startsWith('I') ? true : flags.startsWith('i') ? false : null,
        enabled: enabled === '1' ? true : enabled === undefined || enabled === '0' || enabled === '' ? null : false,
        firstInstall: timeOf(first),
      }),
      at,
    );
  }
}

/** `dumpsys package --checkin`, which every bugreport holds. Times carry no zone problem. */
export const packageCheckin: TextArtifact = {
  id: 'package-checkin',
  title: 'Packages, in the phone’s short form',
  form: 'text',
  reads: ['CHECKIN PACKAGE', 'dumpsys package --checkin'],
  proves: [
    'At the time of the dump the package manager held these packages, with this uid and these times of installation.',
  ],
  doesNotProve: [
    'It does not name packages that were removed before.',
    'For apps of the system image the times are the date of the image.',
  ],
  recognise({ text }) {
    const lines = text.match(/^pkg,[\w.-]+,\d+,\d+,\d+,/gm) ?? [];
    return lines.length > 0 && /^pkg-(?:usr|splt),/m.test(text) ? 'dumpsys package --checkin' : null;
  },
  open: (_section, sink) => new PackageCheckinReader(sink),
};
