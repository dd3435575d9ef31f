import type { LineReader, RecordSink } from '../../../model/artifact.ts';
import type { Place } from '../../../model/place.ts';
import { cutLine } from '../../cut-line.ts';
import { packageRecord } from '../../packages/package-record.ts';
import { type Block, newBlock, permission, takeField, type UserPart, userPart } from './block.ts';

type Zone = 'packages' | 'hidden' | 'shared' | null;

const zoneOf: Readonly<Record<string, Zone>> = {
  'Packages:': 'packages',
  'Hidden system packages:': 'hidden',
  'Shared users:': 'shared',
};

/** Reads `dumpsys package`. Grammar: Settings.dumpLPr of AOSP, Android 5 to 16. */
export class PackageDumpReader implements LineReader {
  private readonly sink: RecordSink;
  private zone: Zone = null;
  private block: Block | null = null;
  private user: UserPart | null = null;
  /** The list of permissions that lines belong to, and the indent of its heading. */
  private list: { readonly bare: boolean; readonly indent: number } | null = null;
  private readonly sharers = new Map<string, string[]>();
  private packages = 0;

  constructor(sink: RecordSink) {
    this.sink = sink;
  }

  line(text: string, at: Place): void {
    if (text === '') return;
    if (text.charCodeAt(0) !== 32) {
      this.finish();
      const heading = text.trimEnd();
      this.zone = Object.hasOwn(zoneOf, heading) ? zoneOf[heading]! : null;
      return;
    }
    if (!this.zone) return;
    let indent = 1;
    while (text.charCodeAt(indent) === 32) indent += 1;
    const said = text.slice(indent);
    if (indent === 2) this.opens(said, at);
    else if (this.block) this.inside(this.block, said, indent, at);
  }

  unfinished(text: string, at: Place): void {
    cutLine(this.sink, 'dump', text, at);
  }

  passedOver(): void {
    this.finish();
  }

  end(cut: boolean): void {
    this.finish();
    if (this.packages === 0 && !cut) {
      this.sink.warn({ at: { line: null, offset: null }, text: null, reason: 'This dump names no package.' });
    }
  }

  private opens(said: string, at: Place): void {
    this.finish();
    const match = /^(Package|SharedUser) \[([^\]]{1,300})\] \(/.exec(said);
    if (match && (match[1] === 'SharedUser') === (this.zone === 'shared')) this.block = newBlock(match[2]!, at);
  }

  private inside(block: Block, said: string, indent: number, at: Place): void {
    if (this.list) {
      if (indent > this.list.indent) {
        const one = permission(said, this.list.bare);
        if (one) (this.user ?? block).permissions.push(one);
        return;
      }
      this.list = null;
    }
    if (indent === 4) {
      const part = said.startsWith('User ') ? userPart(said, at) : null;
      this.user = part;
      if (part) {
        block.users.push(part);
        return;
      }
    }
    if (said === 'install permissions:' || said === 'runtime permissions:') this.list = { bare: false, indent };
    else if (said === 'grantedPermissions:') this.list = { bare: true, indent };
    else if (indent === 4) takeField(block, said);
    else if (this.user && said.startsWith('firstInstallTime=')) this.user.firstInstall = said.slice(17).trim() || null;
  }

  private finish(): void {
    const { block } = this;
    this.block = null;
    this.user = null;
    this.list = null;
    if (!block) return;
    if (this.zone === 'shared') this.shared(block);
    else if (this.zone === 'hidden') this.hidden(block);
    else this.installed(block);
  }

  private installed(block: Block): void {
    this.packages += 1;
    const { name, appId, version, path, installer, system, firstInstall, lastUpdate, sharedUser, permissions } = block;
    if (appId === null) {
      this.sink.warn({ at: block.at, text: name, reason: 'No uid is said of this package.' });
    }
    if (sharedUser) this.sharers.set(sharedUser, [...(this.sharers.get(sharedUser) ?? []), name]);
    this.sink.record(
      packageRecord(name, {
        appId,
        version,
        path,
        installer,
        system,
        firstInstall,
        lastUpdate,
        sharedUser,
        permissions,
      }),
      block.at,
    );
    for (const part of block.users) {
      const { id, installed, enabled } = part;
      this.sink.record(
        packageRecord(name, {
          user: id,
          appId,
          installed,
          enabled,
          firstInstall: part.firstInstall,
          permissions: part.permissions,
        }),
        part.at,
      );
    }
  }

  /** The version in the system image of an app that was updated since: kept apart, for it is not what runs. */
  private hidden(block: Block): void {
    const value = [block.version, block.path].filter((one) => one !== null).join(' ');
    this.sink.record({ kind: 'property', key: `hidden-system-package.${block.name}`, value }, block.at);
  }

  /** What is granted to a shared user is granted to all its packages. */
  private shared(block: Block): void {
    const parts = [{ id: null, at: block.at, permissions: block.permissions }, ...block.users];
    for (const name of this.sharers.get(block.name) ?? []) {
      for (const { id, at, permissions } of parts) {
        if (permissions.length === 0) continue;
        const known = { user: id, appId: block.appId, sharedUser: block.name, permissions };
        this.sink.record(packageRecord(name, known), at);
      }
    }
  }
}
