import type { EvidenceState } from '../model/evidence.ts';
import { columnHeadings } from './column-headings.ts';
import { contactWording } from './contact-wording.ts';
import { timelineWording } from './timeline-wording.ts';

/**
 * Every sentence and every heading that a report can say, in one place, so that a test can read them all. A sentence
 * says only what the data proves: bytes that the phone counted, never where they went or what was in them.
 */
export const wording = {
  title: 'Report on the network traffic of a phone',
  kind: 'Forensic report',
  contents: 'Contents',
  page: ['Page ', ' of '],
  notStated: 'not stated',
  notKnown: 'not known',
  none: '–',
  practiceTitle: 'Practice case',
  practiceText:
    'The data in this report comes from a simulated phone. It shows how the program works and says nothing about a real phone or a real person.',

  sections: {
    question: 'The question and what was found',
    phone: 'The phone',
    acquisition: 'Acquisition and clock',
    refused: 'What was refused or is missing',
    timeline: 'Timeline',
    apps: 'Apps',
    destinations: 'Destinations',
    services: 'Services that may explain it',
    contacts: 'Connections that were seen',
    findings: 'Findings',
    limits: 'Limits of what this report can show',
    warnings: 'What could not be read',
    evidence: 'Evidence files',
    verify: 'Custody and how to verify this report',
    glossary: 'Words used in this report',
    notices: 'Data and software that this report rests on',
  },

  lawsTitle: 'Laws that reach these places and operators',

  cover: {
    case: 'Case',
    number: 'Case number',
    examiner: 'Examiner',
    agency: 'Agency',
    authority: 'Authority to examine',
    phone: 'Phone',
    serial: 'Serial number',
    acquired: 'Acquired or imported',
    zone: 'Times are written in',
    date: 'Date of this report',
    program: 'Made with',
    hash: 'Case hash',
    hashNote: 'SHA-256 of the last line of the custody log. Its first 12 digits stand at the head of every page.',
    omitted: 'Left out',
    zoneOfExaminer: 'chosen by the examiner',
    zoneOfPhone: 'as set on the phone',
    zoneOfNobody: 'because neither the examiner nor the phone named a zone',
    ongoing: 'not finished',
  },
  batchKind: { acquisition: 'Acquisition', import: 'Import' },
  batchState: {
    complete: 'complete',
    partial: 'partial: something was refused or is missing',
    interrupted: 'interrupted: the phone or the program went away',
    cancelled: 'cancelled by the examiner',
  },
  goesOnWith: (batch: number) => `goes on with acquisition ${batch}`,
  unknownPhone: 'Make and model not known',

  question:
    'Which apps on this phone sent data over a network, how many bytes, when, and was the app in use at the time? The answer below rests on the history of bytes that the phone itself keeps for every app.',
  notes: 'Notes of the examiner',
  answer: 'What was counted',
  tiles: {
    sent: 'Sent',
    received: 'Received',
    background: 'Sent, background',
    apps: 'Apps that sent',
    span: 'Span',
  },
  tileBytes: (figure: string) => `${figure} bytes`,
  tileShare: (bytes: string) => `${bytes} of what was sent`,
  tileApps: (known: string) => `of ${known} known`,
  tileSpan: (from: string, to: string) => `${from} to ${to}`,
  nothingCounted:
    'The case holds no counted interval. Nothing can be said about traffic from it; that is not the same as a phone that sent nothing.',
  counted: (from: string, to: string, zone: string, intervals: string) =>
    `Between ${from} and ${to}, ${zone}, the phone’s own history counts ${intervals} with bytes of an app.`,
  countedSent: (sent: string, received: string, apps: string) =>
    `All counted intervals together: ${apps} sent ${sent} and received ${received}.`,
  countedBackground: (bytes: string, share: string) =>
    `Of the bytes sent, ${bytes} (${share}) were counted while the app was in the background or its state was not known to the phone.`,
  countedMobile: (mobile: string, share: string) => `Over mobile networks went ${mobile} (${share}) of the bytes sent`,
  countedRoaming: (roaming: string) => `, of which ${roaming} while roaming.`,
  countedNoRoaming: '; none of it is marked as roaming.',
  countedTop: (apps: string, share: string) => `Together these ${apps} account for ${share} of all bytes sent.`,
  countedOptional: (apps: string, bytes: string) =>
    `${apps} belong, by a list that ships with the program, to services that a user can switch off; together they sent ${bytes}. Whether a service was switched on at the time is a separate question.`,
  withoutFigure: (rows: string) => `In ${rows} the phone left a figure out; what is missing there is not in any sum.`,
  findingsSummary: (total: string, accepted: string, rejected: string, open: string) =>
    `The case holds ${total}: ${accepted} accepted, ${rejected} rejected, ${open} neither accepted nor rejected yet.`,
  missingSummary: (items: string, section: string) =>
    `${items} of what was asked for came incomplete or not at all; the section “${section}” says what that means.`,
  noDestination:
    'This history names no destination. To whom the bytes went, in which country, and what they held cannot be said from it.',
  noOmissionInfo: 'This section was left out of the report.',
  topSenders: 'Largest senders',

  phoneIntro: 'What the phone said of itself, with the place in the evidence where it said so.',
  phoneNothing: 'No property of the phone was read. Which phone the evidence comes from must be shown by other means.',
  users: 'Users of the phone',
  usersNone: 'No list of users was read.',
  usersNote:
    'Android keeps apps and their counters apart for each user. A work profile or a second space is a user of its own.',

  howToReadTimes: 'How to read the times',
  timesOfHost:
    'Times of the acquisition are those of the examining computer, in UTC. Its own clock is not checked by this program.',
  timesOfPhone: (zone: string) =>
    `Times of traffic are those that the phone recorded. Android takes them from the network’s time where it has one, else from the phone’s clock; they are stored in UTC and written here in ${zone}.`,
  timesOffset:
    'The offset of the clock is the phone’s clock minus the computer’s, measured before and after the acquisition. Its error is half the time that the question took. It holds for the moment of the measurement and not, without more, for the weeks before.',
  timesInterval:
    'A time of traffic is an interval, never a moment. Bytes of an interval were counted somewhere in it, or up to one polling period (30 minutes as Android ships) outside of its edges.',
  offsetNone: 'not measured',
  offsetError: (error: string) => `error ±${error}`,
  profile: (name: string) => `profile “${name}”`,
  bounds: (first: string, last: string) => `${first} to ${last}`,
  noBatch: 'Nothing has been acquired or imported yet.',

  refusedIntro:
    'A refusal is a fact about the phone and about the rights with which it was asked. It is never a sign that there was no traffic, and never a sign that there was some.',
  refusedNothing: 'Nothing that was asked for was refused, cut short or missing.',
  refusedImport:
    'This case was made from files alone. What the phone refused when they were made cannot be seen from here.',
  missingItems: 'Not obtained',
  stateMeans: {
    complete: 'The whole answer was received.',
    refused:
      'The phone did not permit this to be read with the rights that were used. What it would have shown is not known.',
    unavailable: 'The phone has no such command, service or file, or said so. What it would have shown is not known.',
    truncated:
      'The answer ended before its own end. What came before the cut is used; what would have followed is not known.',
    'timed out':
      'The phone did not finish its answer in the time given. What came until then is used; the rest is not known.',
    interrupted: 'The phone went away or the work was stopped. What came until then is used; the rest is not known.',
  } satisfies Record<EvidenceState, string>,
  whatItMeans: 'What each word means',

  ...timelineWording,

  appsIntro: (zone: string) =>
    `One row is one uid of one user: an app, or several that share the uid and cannot be told apart. Largest sender first. First and last are the edges of the first and the last counted interval, in ${zone}.`,
  appsNight: (zone: string) => `Sent at night counts intervals whose middle lies between 00:00 and 06:00 in ${zone}.`,
  appsNoNight: 'Sent at night is not known, because the phone’s zone is not known.',
  appsTotal: (apps: string) => `Total, ${apps}`,
  andMore: (shown: string, more: string) => `${shown} and ${more} more`,
  packagesMore: (more: string) => ` and ${more} more, named below the table`,
  sharedTitle: 'Packages of shared uids',
  sharedUid: (uid: string, packages: string) => `uid ${uid}, ${packages}: `,
  cut: (letters: string) => `… [${letters} more characters]`,
  appsSilent: 'Apps without a counted byte',
  appsSilentText: (apps: string) =>
    `The case knows ${apps} for which the history holds no byte. They may have sent nothing, or before the span that is kept, or through another app.`,
  appsNothing: 'The case knows no app.',
  kinds: {
    app: 'app',
    system: 'system',
    removed: 'removed apps',
    tethering: 'tethered devices',
    unknown: 'uid without a known app',
  },
  userOf: (user: string) => `user ${user}`,
  serviceOf: (name: string, vendor: string) => (vendor ? `${name} (${vendor})` : name),
  serviceLabel: 'Known service:',
  optional: {
    yes: 'a user can switch it off',
    no: 'a user cannot switch it off',
    unknown: 'whether a user can switch it off is not known',
  },
  notCountedTitle: 'Kept but not counted',
  notCountedText:
    'Some rows of the phone’s history repeat bytes that stand elsewhere. They are kept and enter no sum of this report.',
  notCountedReason: {
    'tag row': 'Tag rows: a part of an app’s bytes, already in its total',
    'device total': 'Totals of the whole device, all apps together',
    'interface total': 'Totals of a network interface, all apps together',
    'vpn duplicate': 'Duplicates that Android writes while a VPN is on',
    'vpn tunnel': 'The inside of a VPN tunnel: the same bytes stand on the network below it',
    'unknown set': 'Rows of a counter set that this program does not know',
    ...contactWording.notCounted,
    superseded: 'Intervals that stand, complete, in another dump of the same history',
  } as Readonly<Record<string, string>>,
  notCountedOther: (reason: string) => `Other: ${reason}`,

  findingsNone: 'No finding was proposed by a rule or written by the examiner.',
  findingsIntro:
    'A finding is a proposal by a rule of the program, or a statement by the examiner. It stands with its limits and with the places in the evidence that it rests on. A rejected or withdrawn finding stays in the list.',
  findingState: {
    open: 'open',
    accepted: 'accepted by the examiner',
    rejected: 'rejected by the examiner',
    withdrawn: 'withdrawn',
  },
  findingBy: (rule: string | null) => (rule === null ? 'written by the examiner' : `proposed by the rule “${rule}”`),
  findingLimits: 'Limits:',
  findingSameLimits: (id: string) => `the same as for ${id}.`,
  findingEvents: (shown: string, total: string) =>
    `Rests on ${total}; the first ${shown} with their places in the evidence:`,
  findingEvent: (place: string, sent: string, interval: string) => `${place}: ${sent} sent, ${interval}`,
  findingNoEvents: 'No event is cited.',

  warningsNone: 'Every line of the sections that the program knows was read.',
  warningsIntro: (total: string) =>
    `${total} of the evidence could not be read as the program expected. They are kept as they stand, enter no sum, and are not held against anyone.`,
  warningsFirst: (shown: string, total: string) => `The first ${shown} of ${total}`,
  warningsAll: 'All of them',

  evidenceIntro:
    'Every file as it was received, before anything was read from it. Size in bytes; times are the computer’s clock in UTC, before the first and after the last byte. The SHA-256 is that of the bytes in the case’s folder “evidence”, where each file is named by it.',
  evidenceNone: 'The case holds no evidence file.',
  exit: (status: number) => `exit ${status}`,
  notRecognised: 'kept, not recognised',
  clock: (offset: string, error: string | null) => `clock ${offset}${error === null ? '' : ` ±${error}`}`,

  custodyText: (lines: string) =>
    `Every step that added or changed evidence, and everything that the examiner said of findings, stands as a line in the file “custody.jsonl” of the case. Each line carries the SHA-256 of the line before it, so that a line cannot be changed, taken out or moved without breaking all that follow. After the last change of evidence or findings the log had ${lines}. The SHA-256 of the last of them, without its line end, is:`,
  signatureTitle: 'Signature',
  signatureNone:
    'When this report was made the case was not signed. Its hashes show that nothing was changed by accident since they were written down; who wrote them down is not shown by the case itself.',
  signatureText: (files: string, line: string) =>
    `The case was signed (Ed25519, RFC 8032) before this report was made. The signature covers a manifest that lists ${files} with their SHA-256, and the custody log up to line ${line}. What came later, this report among it, it does not cover. Who holds the key is not shown by the case: compare the fingerprint with one that comes from the signer by another way.`,
  signatureBroken:
    'The case holds a signature that does not fit: the manifest, the signature, the key or the custody log is another than at signing. The program’s verification names each difference.',
  signature: {
    name: 'Signed by, in their own words',
    fingerprint: 'Fingerprint of the key',
    at: 'Time of signing, computer’s clock',
    manifest: 'Manifest',
    sha256: 'SHA-256 of the manifest',
    stamp: 'Time stamp (RFC 3161)',
    notStamped: 'none: the time of signing rests on the computer’s clock alone',
    issuer: 'The issuer of its certificate was not checked for this report.',
  },
  verifyTitle: 'To check the case against this report',
  verifyHandTitle: 'To check it without this program',
  verifySteps: {
    program:
      'With the program. It reads every file of the case anew, walks the custody log, derives the figures anew from the evidence, and lists whatever differs. It ends with status 0 only when nothing does. A copy that cannot be written is enough:',
    programKey: 'KEY.pem is the signer’s public key, had from the signer and not from the case.',
    log: 'The custody log as a reader sees it, every command on the phone and every work on the case:',
    hand: 'Without the program, in a terminal of Linux with OpenSSL 3, from the folder in which the case lies. On macOS “shasum -a 256” stands for “sha256sum”. First go into the case:',
    evidence:
      'The evidence. Every file is named by its SHA-256; this prints those that are not, so that nothing printed means that each is as it was named. The table of evidence files has the same names:',
    chain:
      'The custody log. The first lines print every line that does not name the hash of the one before it, so that nothing printed means that the chain is whole:',
    head: 'This prints the hash that stands at the beginning of this chapter:',
    fingerprint:
      'The signature. First the fingerprint of the key, to compare with the one above and with the signer’s own word:',
    signature: 'This says “Signature Verified Successfully” where the signature is by this key and over this manifest:',
    files:
      'The manifest lists every file of the case with its SHA-256; this prints those that differ, and nothing where all agree:',
    signedLog:
      'It names the last line of the custody log that it covers and the hash of that line, after “head”. The two lines print the same hash where the log is the one that was signed:',
    stamp:
      'The time stamp. AUTHORITY.pem has the certificates of the authority, had from the authority. This says “Verification: OK”; where a certificate has run out since, “-attime” with a time at which it was valid is added:',
    itself:
      'This report. Where it was written by the program into the case or out of it, the log has a line with its SHA-256:',
    windows: 'On Windows, in PowerShell, the hashes of the evidence files:',
    rebuild:
      'The figures of this report are derived from the evidence alone. This derives them anew and says whether they are the same:',
    report:
      'A report made again from the same case, with the same date and the same version of the program, has the same bytes. Its own hash cannot stand in it; the program prints it when it writes the file.',
  },

  glossary: [
    [
      'App, package, uid',
      'An app is installed as a package with a name such as com.example.mail. Android gives it a number, the uid, and counts bytes by uid. Packages may share one.',
    ],
    [
      'Background',
      'The phone counted the bytes while the app was not in front, or did not know its state. Foreground: the app was in front or did visible work.',
    ],
    [
      'Bucket, interval',
      'The phone adds bytes up over a stretch of time, two hours as Android ships, and keeps only the sum. In this report each bucket is an interval.',
    ],
    [
      'Case hash',
      'The SHA-256 of the last line of the custody log. Because each line carries the hash of the one before, it stands for all evidence.',
    ],
    ['Counted', 'Entered once in the sums. Rows that repeat other rows are kept and not counted.'],
    ['Coverage', 'The span in which a source could have seen something. Outside of it nothing is known.'],
    ['netstats', 'The service of Android that counts bytes for each app and network and keeps the history for weeks.'],
    ['Offset', 'The phone’s clock minus the clock of the examining computer.'],
    ['Sent, received', 'As seen from the phone: sent leaves it, received arrives at it.'],
    [
      'SHA-256',
      'A number of 64 hexadecimal digits computed from a file. Changing one bit of the file changes it; two files with the same one are, for all practical purposes, the same.',
    ],
    ...contactWording.glossary,
    ['User', 'A person’s space on the phone, a work profile or a second space, each with apps of its own.'],
    [
      '[U+1F600]',
      'Stands for a character that the fonts of this report cannot draw, or that is invisible or changes the order of others. The evidence holds the character itself.',
    ],
  ] as readonly (readonly [string, string])[],

  limits: [
    [
      'Intervals, not moments.',
      'The history holds sums over buckets, two hours long as Android ships. When inside a bucket bytes were sent is not recorded. The edges are uncertain by one polling period, up to 30 minutes and more where the phone slept.',
    ],
    [
      'No destinations.',
      'The history of bytes does not record addresses, hosts, operators or countries. It cannot show to whom data went, nor what the data was.',
    ],
    ...contactWording.limits,
    [
      'Bytes on the network.',
      'Bytes include the headers of the network protocols and what had to be sent again. They are more than the content, and say nothing about the content, which may have been encrypted or compressed.',
    ],
    [
      'Foreground and background are the phone’s own words.',
      'The phone decides by the state of the app at the time of counting. Background also holds what it could not place. It does not prove that the owner did not know.',
    ],
    [
      'Limited memory.',
      'Android deletes the per-app history after about 90 days, earlier on some phones, and when it finds its files damaged. What came before cannot be seen. Bytes since the last count, and bytes between a start of the phone and its first count, may be missing.',
    ],
    ['Shared uids.', 'Packages that share a uid share one counter. Their bytes cannot be divided.'],
    [
      'Removed apps.',
      'When an app is removed, the phone moves its history to one common counter (uid −4). Which app it was, and whether it was in the foreground, is lost.',
    ],
    [
      'One app for another.',
      'A download, a web view, a push message or an account service may send for another app; the bytes then stand with the service that sent them.',
    ],
    ['Tags.', 'Rows with a tag are a part of the app’s own total. They are kept and not counted a second time.'],
    [
      'VPN.',
      'While a VPN is on, Android records bytes more than once. The duplicates are kept and not counted; the VPN app keeps only its own share. Some phones account for this differently.',
    ],
    [
      'Names.',
      'Which app a uid stands for was read at the time of the acquisition. An app that was installed later than an interval cannot have sent its bytes.',
    ],
    [
      'Absence.',
      'No byte in the history is no proof that nothing was sent: see the coverage, what was refused, and the points above.',
    ],
  ] as readonly (readonly [string, string])[],

  noticesData: 'Lists that ship with the program. A list of today does not say how things stood at another time.',
  noticesNone: 'No list was used.',
  noticesMade:
    'Typeset with Typst 0.14. Fonts: Noto Sans, Noto Sans Devanagari, Noto Sans S Chinese and Noto Naskh Arabic, under the SIL Open Font License 1.1.',

  contacts: contactWording,
  contactsEvidenceMore: (more: string) => `and ${more} more`,
  uidNamed: (uid: string) => `uid ${uid}`,
  columns: columnHeadings,
} as const;
