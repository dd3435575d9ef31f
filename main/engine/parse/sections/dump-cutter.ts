/**
 * Cuts a bugreport's text, or a whole `dumpsys`, into its sections. Grammar, from dumpstate and dumpsys of AOSP:
 * `------ TITLE (command) ------` … `------ 0.1s was the duration of 'TITLE' ------`, and for services a rule of dashes,
 * `DUMP OF SERVICE [CRITICAL |HIGH |NORMAL ]name:` …
 * `--------- 0.1s was the duration of dumpsys name, ending at: 2022-03-29 23:14:27` (the footer since Android 7.1).
 */
import type { Artifact } from '../../model/artifact.ts';
import type { ParseOutput } from '../../model/parse-output.ts';
import type { SectionHead } from '../../model/place.ts';
import type { LineState } from './line-splitter.ts';
import { SectionRun } from './section-run.ts';

/** Takes the lines of one file or member. */
export interface TextRoute {
  line(text: string, line: number, offset: number, state: LineState, bytes: number): void;
  /** `end`: bytes in all. `cut`: they are known to end too early. */
  end(end: number, cut: boolean): void;
}

/** One section from the first byte to the last. */
export class WholeFile implements TextRoute {
  private readonly run: SectionRun;
  constructor(out: ParseOutput, head: SectionHead, artifact: Artifact) {
    this.run = new SectionRun(out, head, artifact);
  }
  line(text: string, line: number, offset: number, state: LineState, bytes: number): void {
    this.run.line(text, line, offset, state, bytes);
  }
  end(end: number, cut: boolean): void {
    this.run.close(end, cut);
  }
}

const serviceHead = /^DUMP OF SERVICE (?:(?:CRITICAL|HIGH|NORMAL) )?(.{1,200}):[ \t]*$/;
const serviceFoot = /^-{9} \d+(?:\.\d+)?s (?:was the duration of dumpsys .{1,200}?)?(?:, ending at: (.{1,40}))?$/;
const titleFoot = /^------ \d+(?:\.\d+)?s was the duration of '.{0,200}' ------$/;
const titleHead = /^------ (.{1,300}?)(?: \((.{0,1000})\))? ------$/;
const rule = /^-{60,100}$/;

/** Says whether the beginning of a text is that of a bugreport or of a whole `dumpsys`. */
export function looksLikeDump(text: string): boolean {
  if (/^== dumpstate: /m.test(text)) return true;
  if (/^DUMP OF SERVICE (?:(?:CRITICAL|HIGH|NORMAL) )?[^\s:]{1,200}:[ \t]*\r?$/m.test(text)) return true;
  return (text.match(/^------ [A-Z][^\n]{0,300} \([^\n]{0,1000}\) ------\r?$/gm) ?? []).length >= 2;
}

/** The name under which an artifact may read a titled section: what the command says, else the title. */
function nameOfTitle(title: string, command: string | undefined): string {
  if (title === 'SYSTEM PROPERTIES' || /^(?:\/system\/bin\/)?getprop$/.test(command ?? '')) return 'getprop';
  return title;
}

/** Routes the lines of a dump to the sections that they belong to. Every section is reported, read or not. */
export class DumpCutter implements TextRoute {
  private readonly out: ParseOutput;
  private readonly base: Pick<SectionHead, 'member' | 'fileName'>;
  private readonly artifactFor: (section: string) => Artifact | null;
  private run: SectionRun | null = null;
  private runIsService = false;
  private runIsRead = false;
  private footersSeen = false;
  private begun = false;
  /** A rule of dashes: it belongs to the next service if one follows, else to the text. */
  private rule: { text: string; line: number; offset: number; bytes: number } | null = null;

  constructor(
    out: ParseOutput,
    base: Pick<SectionHead, 'member' | 'fileName'>,
    artifactFor: (section: string) => Artifact | null,
  ) {
    this.out = out;
    this.base = base;
    this.artifactFor = artifactFor;
  }

  line(text: string, line: number, offset: number, state: LineState, bytes: number): void {
    const first = text.charCodeAt(0);
    if (first === 45 && this.dashes(text, line, offset, bytes)) return;
    if (first === 68 && text.startsWith('DUMP OF SERVICE ')) {
      const name = serviceHead.exec(text)?.[1];
      if (name !== undefined) {
        const start = this.rule ?? { line, offset };
        this.rule = null;
        this.open(`dumpsys ${name}`, start.line, start.offset, true);
        return;
      }
    }
    this.releaseRule();
    if (!this.begun && text !== '') {
      this.begun = true;
      if (/^(?:={20,}|== dumpstate: )/.test(text)) this.open('bugreport header', line, offset, false);
    }
    this.run?.line(text, line, offset, state, bytes);
  }

  /** Lines that begin with a dash; says whether this one is a mark of the dump and not of its content. */
  private dashes(text: string, line: number, offset: number, bytes: number): boolean {
    if (rule.test(text)) {
      this.releaseRule();
      this.rule = { text, line, offset, bytes };
      return true;
    }
    if (text.startsWith('--------- ')) {
      const foot = this.runIsService ? serviceFoot.exec(text) : null;
      if (!foot) return false;
      this.releaseRule();
      this.footersSeen = true;
      if (foot[1] && this.runIsRead) this.run?.record({ kind: 'dump time', local: foot[1].trim() }, { line, offset });
      this.close(offset + bytes, false);
      return true;
    }
    if (!text.startsWith('------ ') || !text.endsWith(' ------')) return false;
    this.releaseRule();
    this.begun = true;
    if (titleFoot.test(text)) {
      this.close(offset + bytes, false);
      return true;
    }
    const title = titleHead.exec(text);
    if (!title) return false;
    this.open(nameOfTitle(title[1]!, title[2]), line, offset, false);
    return true;
  }

  private releaseRule(): void {
    const held = this.rule;
    if (!held) return;
    this.rule = null;
    this.run?.line(held.text, held.line, held.offset, 'whole', held.bytes);
  }

  private open(name: string, line: number, offset: number, service: boolean): void {
    this.close(offset, false);
    this.begun = true;
    const artifact = this.artifactFor(name);
    this.run = new SectionRun(this.out, { name, ...this.base, firstLine: line, offset }, artifact);
    this.runIsService = service;
    this.runIsRead = artifact !== null;
  }

  private close(end: number, cut: boolean): void {
    this.run?.close(end, cut);
    this.run = null;
    this.runIsService = false;
    this.runIsRead = false;
  }

  end(end: number, cut: boolean): void {
    this.releaseRule();
    // Where other services of this dump end with their footer, one without it was cut off.
    this.close(end, cut || (this.runIsService && this.footersSeen));
  }
}
