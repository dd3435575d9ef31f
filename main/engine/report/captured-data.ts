/** A capture of packets in the evidence, with what of it was not read. Times in microseconds of UTC by the capturing clock. */
export interface ReportCapture {
  readonly evidence: string;
  /** Name of the capture: of the file, or of the member of a container. */
  readonly name: string;
  /** `pcap`, or `pcapng` and the program that wrote it, as it says itself; null where it does not. */
  readonly form: string | null;
  readonly packets: number | null;
  readonly fromUs: number | null;
  readonly toUs: number | null;
  readonly notRead: readonly string[];
}

/** Whose contacts may be, by what else was seen: a correlation, never what the capture says. */
export interface ReportLikelyOwner {
  readonly uid: number;
  readonly app: string | null;
  /** `same connection`, `only sender`. */
  readonly how: string;
  readonly confidence: 'high' | 'medium' | 'low';
  /** Contacts of the row for which it stands. */
  readonly contacts: number;
}

/** One host, or one address without a name, of one app, over all captured contacts. Bytes of the frames on the link. */
export interface ReportCapturedPeer {
  readonly uid: number | null;
  readonly app: string | null;
  /** The app as a capture names it. */
  readonly capturedApp: string | null;
  readonly owners: readonly ReportLikelyOwner[];
  readonly host: string | null;
  /** How the name is known, each way once. */
  readonly hostFrom: readonly string[];
  readonly ip: string;
  /** Addresses besides `ip`. */
  readonly ipsMore: number;
  readonly contacts: number;
  readonly sent: number;
  readonly received: number;
  readonly firstUs: number;
  readonly lastUs: number;
  readonly evidence: readonly string[];
  readonly evidenceMore: number;
}

/** Text in the clear that has the form of something that identifies somebody. The value's middle is hidden. */
export interface ReportPersonal {
  readonly kind: string;
  readonly key: string | null;
  readonly masked: string;
  readonly host: string;
  readonly app: string | null;
  readonly uid: number | null;
  readonly contacts: number;
  readonly firstUs: number;
  readonly lastUs: number;
  /** The first contact that carried it, by its id. */
  readonly event: string;
  readonly evidence: string;
}

/** What captures of packets tell. `more`: rows that the tables leave out. */
export interface ReportCaptured {
  readonly captures: readonly ReportCapture[];
  readonly contacts: number;
  readonly lookUps: number;
  readonly sent: number;
  readonly received: number;
  readonly rows: readonly ReportCapturedPeer[];
  readonly more: number;
  readonly personal: readonly ReportPersonal[];
  readonly personalMore: number;
}
