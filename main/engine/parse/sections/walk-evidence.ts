import { humanBytes } from '../../../../shared/base/bytes.ts';
import type { ArchiveArtifact, Artifact, CaptureArtifact } from '../../model/artifact.ts';
import type { ParseOutput } from '../../model/parse-output.ts';
import type { SectionHead } from '../../model/place.ts';
import { CaptureSection } from '../captures/capture-section.ts';
import { readApk } from './apk/read-apk.ts';
import { type Budget, BudgetSpent, type Limits } from './budget.ts';
import {
  type BegunStream,
  type ByteStream,
  counted,
  fileAhead,
  gathered,
  type Packing,
  unpacked,
  unpackedName,
  withBeginning,
} from './byte-stream.ts';
import { DumpCutter, type TextRoute, WholeFile } from './dump-cutter.ts';
import { farSampleSize, formOf, hidesBehindLongLine, sampleSize } from './known-forms.ts';
import { splitterFor } from './line-splitter.ts';
import { readSegment } from './sample-segment.ts';
import { SectionRun } from './section-run.ts';
import { type ArchiveBytes, openZip } from './zip-archive.ts';

/** A file, or a member of a container, that nobody has named. */
export interface Item {
  readonly fileName: string;
  readonly member: string | null;
  readonly bytes: ByteStream;
  /** Set where the bytes can be reached at random; else an archive is gathered in memory first. */
  readonly path: string | null;
}

/** A section that is the whole of an item. */
type NamedHead = Omit<SectionHead, 'firstLine' | 'offset'>;

const tooLong = ({ mostHeld }: Limits): string => `The file has more than ${humanBytes(mostHeld)} and was not read.`;

const messageOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown));

/** Walks one evidence file: containers down to their members, members to their sections. */
export class EvidenceWalk {
  private readonly out: ParseOutput;
  private readonly artifacts: readonly Artifact[];
  private readonly limits: Limits;
  private readonly budget: Budget;
  /** The evidence itself is known to be incomplete. */
  private readonly cut: boolean;
  /** Members that were opened and not understood. */
  readonly unread: string[] = [];
  read = 0;

  constructor(out: ParseOutput, artifacts: readonly Artifact[], limits: Limits, budget: Budget, cut: boolean) {
    this.out = out;
    this.artifacts = artifacts;
    this.limits = limits;
    this.budget = budget;
    this.cut = cut;
  }

  /** The artifact that reads sections of this name. */
  artifactFor(section: string): Artifact | null {
    return this.artifacts.find((artifact) => artifact.reads.includes(section)) ?? null;
  }

  /** Reads one item. Answers null, or why nothing in it was understood: the rest of a sentence (`is …`). */
  async item(item: Item, depth: number): Promise<string | null> {
    let begun = await withBeginning(item.bytes, sampleSize);
    if (hidesBehindLongLine(begun.beginning)) begun = await withBeginning(begun.whole, farSampleSize);
    const { beginning, whole, damage } = begun;
    if (damage instanceof BudgetSpent) {
      await whole.close();
      throw damage;
    }
    const form = formOf(beginning, item.fileName, this.artifacts);
    if (form.kind === 'zip') return this.zip(item, whole, depth);
    if (form.kind === 'packed') return this.packed(item, whole, form.by, depth);
    if (form.kind === 'unknown') {
      await whole.close();
      return damage === null ? form.why : `could not be unpacked (${messageOf(damage)})`;
    }
    this.read += 1;
    const base = { member: item.member, fileName: item.fileName };
    if (form.kind === 'segment') {
      await readSegment(whole, base, this.out, (section) => this.artifactFor(section));
      return null;
    }
    if (form.kind === 'dump') {
      const cutter = new DumpCutter(this.out, base, (section) => this.artifactFor(section));
      await this.text(cutter, whole, beginning, item);
      return null;
    }
    if (form.artifact.form === 'capture') {
      await this.capture(form.artifact, { name: form.section, ...base }, whole, item);
      return null;
    }
    if (form.artifact.form === 'archive') {
      await this.archive(form.artifact, { name: form.section, ...base }, whole, item, null);
      return null;
    }
    await this.section(form.artifact, { name: form.section, ...base }, whole, beginning, item);
    return null;
  }

  /** Reads an item whose section is known. `expected`: what an archive was asked for by. */
  async named(artifact: Artifact, head: NamedHead, item: Item, expected: string | null = null): Promise<void> {
    const { beginning, whole } = await withBeginning(item.bytes, 4);
    if (artifact.form === 'archive') {
      await this.archive(artifact, head, whole, item, expected);
      return;
    }
    if (artifact.form === 'capture') {
      await this.capture(artifact, head, whole, item);
      return;
    }
    await this.section(artifact, head, whole, beginning, item);
  }

  /** A capture, piece by piece; one that ends in the middle of a packet gives all before it. */
  private async capture(artifact: CaptureArtifact, head: NamedHead, bytes: BegunStream, item: Item): Promise<void> {
    const run = new SectionRun(this.out, { ...head, firstLine: null, offset: 0 }, artifact);
    let damage: unknown = null;
    const capture = new CaptureSection(run);
    try {
      // Nothing of a piece is held, so a file is read into the same memory again and again.
      if (item.path !== null) await bytes.close();
      for await (const chunk of item.path === null ? bytes : fileAhead(item.path)) {
        capture.take(chunk);
        // Some at each piece: they are stored while the next ones are read.
        capture.handOver();
        await this.out.settle?.();
      }
    } catch (thrown) {
      damage = thrown;
    }
    capture.over();
    await this.handOver(capture);
    capture.end();
    run.close(capture.length, this.cut || damage !== null);
    if (damage instanceof BudgetSpent) throw damage;
    if (damage !== null) {
      const name = head.member ?? head.fileName;
      this.note(`${name} could be read up to byte ${capture.length} only: ${messageOf(damage)}.`);
    }
  }

  private async handOver(capture: CaptureSection): Promise<void> {
    for (let more = true; more; ) {
      more = capture.handOver();
      await this.out.settle?.();
    }
  }

  /** Reports an item that has a name and no reader. */
  kept(head: NamedHead, size: number): void {
    new SectionRun(this.out, { ...head, firstLine: null, offset: 0 }, null).close(size, this.cut);
  }

  /** A package of an app, reached at random; one inside an archive is held in memory. */
  private async archive(
    artifact: ArchiveArtifact,
    head: NamedHead,
    bytes: BegunStream,
    item: Item,
    expected: string | null,
  ): Promise<void> {
    const run = new SectionRun(this.out, { ...head, firstLine: null, offset: 0 }, artifact);
    let size = 0;
    try {
      const held = item.path === null ? await gathered(bytes, this.limits.mostHeld) : null;
      await bytes.close();
      const where = item.path !== null ? { path: item.path } : held && { buffer: held };
      const { limits, budget } = this;
      if (where) size = await readApk({ where, run, limits, budget, expected });
      else run.warn({ at: { line: null, offset: 0 }, text: null, reason: tooLong(limits) });
    } catch (thrown) {
      if (thrown instanceof BudgetSpent) throw thrown;
      run.warn({
        at: { line: null, offset: 0 },
        text: null,
        reason: `The bytes could not be had (${messageOf(thrown)}).`,
      });
    } finally {
      run.close(size, this.cut);
    }
  }

  private async section(
    artifact: Exclude<Artifact, ArchiveArtifact | CaptureArtifact>,
    head: NamedHead,
    bytes: ByteStream,
    beginning: Buffer,
    item: Item,
  ): Promise<void> {
    if (artifact.form === 'text') {
      const route = new WholeFile(this.out, { ...head, firstLine: 1, offset: 0 }, artifact);
      await this.text(route, bytes, beginning, item);
      return;
    }
    const run = new SectionRun(this.out, { ...head, firstLine: null, offset: 0 }, artifact);
    const at = { line: null, offset: 0 };
    try {
      const all = await gathered(bytes, this.limits.mostHeld);
      if (all) run.bytes(artifact, all);
      else
        run.warn({
          at,
          text: null,
          reason: tooLong(this.limits),
        });
      run.close(all?.length ?? 0, this.cut || !all);
    } catch (thrown) {
      run.warn({ at, text: null, reason: `The bytes could not be had (${messageOf(thrown)}).` });
      run.close(0, true);
      if (thrown instanceof BudgetSpent) throw thrown;
    }
  }

  private async text(route: TextRoute, bytes: ByteStream, beginning: Buffer, item: Item): Promise<void> {
    const splitter = splitterFor(beginning, (text, line, offset, state, size) =>
      route.line(text, line, offset, state, size),
    );
    let damage: unknown = null;
    try {
      for await (const chunk of bytes) {
        splitter.push(chunk);
        await this.out.settle?.();
      }
    } catch (thrown) {
      damage = thrown;
    }
    const end = splitter.end();
    route.end(end, this.cut || damage !== null);
    if (damage !== null) {
      if (damage instanceof BudgetSpent) throw damage;
      const name = item.member ?? item.fileName;
      this.note(`${name} could be read up to byte ${end} only: ${messageOf(damage)}.`);
    }
  }

  private note(reason: string): void {
    this.out.warn(null, { at: { line: null, offset: null }, text: null, reason });
  }

  private async packed(item: Item, bytes: BegunStream, by: Packing, depth: number): Promise<string | null> {
    if (depth >= this.limits.depth) {
      await bytes.close();
      return `is packed more than ${this.limits.depth} deep`;
    }
    const inner = unpackedName(item.fileName, by);
    const member = item.member === null ? inner : `${item.member} › ${inner}`;
    const content = counted(unpacked(bytes, by), this.budget);
    return this.item({ fileName: inner, member, bytes: content, path: null }, depth + 1);
  }

  private async zip(item: Item, bytes: BegunStream, depth: number): Promise<string | null> {
    if (depth >= this.limits.depth) {
      await bytes.close();
      return `is packed more than ${this.limits.depth} deep`;
    }
    let where: ArchiveBytes | null = null;
    try {
      if (item.path === null) {
        const buffer = await gathered(bytes, this.limits.mostHeld);
        if (buffer) where = { buffer };
      } else {
        await bytes.close();
        where = { path: item.path };
      }
      if (!where) return `is an archive of more than ${humanBytes(this.limits.mostHeld)} inside another`;
      return await this.members(item, where, depth);
    } catch (thrown) {
      if (thrown instanceof BudgetSpent) throw thrown;
      return `begins as a zip archive and could not be opened (${messageOf(thrown)})`;
    }
  }

  private async members(item: Item, where: ArchiveBytes, depth: number): Promise<string | null> {
    const archive = await openZip(where, this.limits.mostMembers);
    try {
      const prefix = item.member === null ? '' : `${item.member} › `;
      if (archive.broken) {
        this.note(
          `The list of ${item.member ?? item.fileName} ends after ${archive.members.length} members: ${archive.broken}.`,
        );
      }
      const before = this.read;
      for (const member of archive.members) {
        if (member.folder) continue;
        const label = `${prefix}${member.label}`;
        if (member.unsafe || member.encrypted || !member.readable) {
          const why = member.unsafe
            ? 'has a name that leads out of the archive'
            : member.encrypted
              ? 'is encrypted'
              : 'is packed in a way that this program cannot unpack';
          this.note(`${label} ${why}; it was not opened.`);
          this.unread.push(label);
          continue;
        }
        const fileName = member.label.slice(member.label.lastIndexOf('/') + 1);
        const content = counted(archive.read(member), this.budget);
        const why = await this.item({ fileName, member: label, bytes: content, path: null }, depth + 1);
        if (why !== null) {
          this.unread.push(label);
          if (/^could not|^begins as|^is packed/.test(why)) this.note(`${label} ${why}.`);
        }
      }
      if (this.read > before) return null;
      const files = archive.members.filter((member) => !member.folder).length;
      return files === 0 ? 'is an empty archive' : `is an archive of ${files} files, none of which this program knows`;
    } finally {
      archive.close();
    }
  }
}
