import { type Block, cell, code, heading, line, para, user } from '../document.ts';
import { count, grouped, hostTime } from '../format.ts';
import type { ReportSignature } from '../report-data.ts';
import { wording } from '../wording.ts';
import type { SectionMaker } from './section.ts';

const ENDING = '.phonehome';

/** The case's folder as a shell takes it. */
function quoted(caseName: string): string {
  const name = caseName.endsWith(ENDING) ? caseName : caseName + ENDING;
  return /^[\w.-]+$/.test(name) ? name : `'${name.replaceAll("'", `'\\''`)}'`;
}

function signatureBlocks(signature: ReportSignature | null): Block[] {
  const words = wording.signature;
  const head = heading(wording.signatureTitle);
  if (!signature) return [head, para(wording.signatureNone)];
  if (!signature.holds) return [head, para(wording.signatureBroken)];
  return [
    head,
    para(wording.signatureText(count(signature.files ?? 0, 'file', 'files'), grouped(signature.lines ?? 0))),
    {
      kind: 'facts',
      rows: [
        { label: words.name, value: cell(user(signature.name ?? wording.notKnown)) },
        { label: words.fingerprint, value: [line(code(signature.fingerprint ?? wording.notKnown))] },
        { label: words.at, value: cell(user(plainTime(signature.signedAt))) },
        { label: words.manifest, value: [line(code(signature.manifest))] },
        { label: words.sha256, value: [line(code(signature.sha256))] },
        {
          label: words.stamp,
          value:
            signature.stamps.length === 0
              ? cell(words.notStamped)
              : [
                  ...signature.stamps.map((stamp) => line(user(`${plainTime(stamp.time)}, ${stamp.authority}`))),
                  line(words.issuer),
                ],
        },
      ],
    },
  ];
}

const plainTime = (iso: string | null) => (iso === null ? wording.notKnown : hostTime(iso));

/** What a step says, and the lines that are typed for it. No line is longer than the page is wide, so that each can be copied. */
const step = (words: string, ...lines: readonly string[]): Block[] => [
  { kind: 'para', runs: [words], keep: true },
  { kind: 'code', lines },
];

const hashOfLine = (n: number) => `sed -n ${n}p custody.jsonl | tr -d '\\n' | sha256sum`;

/** The chain of the log with nothing but a shell: sixty-four zeros, then each line's own hash. */
const walk = [
  `prev=$(printf '%064d' 0)`,
  'while IFS= read -r line; do',
  `  case "$line" in *'"prev":"'$prev'"'*) ;; *) echo "changed before: $line" ;; esac`,
  `  prev=$(printf '%s' "$line" | sha256sum | cut -c 1-64)`,
  'done < custody.jsonl',
];

function signatureSteps(signature: ReportSignature): Block[] {
  const steps = wording.verifySteps;
  const { manifest, lines, stamps } = signature;
  const stem = manifest.replace(/\.json$/, '');
  return [
    ...step(steps.fingerprint, 'openssl pkey -pubin -in KEY.pem -outform DER | sha256sum'),
    ...step(
      steps.signature,
      'openssl pkeyutl -verify -pubin -inkey KEY.pem -rawin \\',
      `  -in ${manifest} -sigfile ${stem}.sig`,
    ),
    ...step(
      steps.files,
      `sed -n 's/.*"path":"\\(.*\\)","bytes":.*"sha256":"\\([0-9a-f]*\\)".*/\\2 *\\1/p' \\`,
      `  ${manifest} | sha256sum -c --quiet`,
    ),
    ...step(steps.signedLog, `grep '"custody"' ${manifest}`, hashOfLine(lines ?? 0)),
    ...stamps.flatMap((stamp) =>
      step(
        steps.stamp,
        `openssl ts -verify -data ${manifest} \\`,
        `  -in ${stamp.file} ${stamp.bare ? '-token_in ' : ''}-CAfile AUTHORITY.pem`,
      ),
    ),
  ];
}

export const verify: SectionMaker = {
  id: 'verify',
  title: wording.sections.verify,
  required: true,
  make(data) {
    const folder = quoted(data.caseName);
    const steps = wording.verifySteps;
    const signature = data.signature?.holds ? data.signature : null;
    return [
      para(wording.custodyText(count(data.custody.lines, 'line', 'lines'))),
      { kind: 'code', lines: [data.custody.head] },
      ...signatureBlocks(data.signature),
      heading(wording.verifyTitle),
      ...step(steps.program, `phonehome verify --case ${folder}${signature ? ' --key KEY.pem' : ''}`),
      ...(signature ? [para(steps.programKey)] : []),
      ...step(steps.log, `phonehome custody --case ${folder}`),
      ...step(steps.rebuild, `phonehome rebuild --case ${folder}`),
      heading(wording.verifyHandTitle),
      ...step(steps.hand, `cd ${folder}`),
      ...step(steps.evidence, `(cd evidence && sha256sum * | awk '$1 != $2')`),
      ...step(steps.chain, ...walk),
      ...(data.custody.lines === 0 ? [] : step(steps.head, hashOfLine(data.custody.lines))),
      ...(signature ? signatureSteps(signature) : []),
      ...step(steps.itself, 'sha256sum REPORT.pdf', 'grep report.written custody.jsonl'),
      ...step(steps.windows, `Get-ChildItem ${folder}\\evidence | Get-FileHash -Algorithm SHA256`),
      para(steps.report),
    ];
  },
};
