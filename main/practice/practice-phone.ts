/** What a command on the practice phone answers. Streams let an answer be long without being held whole. */
export interface Answer {
  readonly stdout: Uint8Array | AsyncIterable<Uint8Array>;
  readonly stderr: Uint8Array;
  readonly exit: number;
}

/** A file on the practice phone, for `adb pull`. */
export interface PhoneFile {
  /** Unix mode with file type bits, e.g. 0o100644. */
  readonly mode: number;
  /** Seconds since 1970. */
  readonly mtime: number;
  /** All of it, or nothing where it is too long to be held: then `size` says how long it is and `stream` gives it. */
  readonly bytes: Uint8Array;
  readonly size?: number;
  readonly stream?: () => AsyncIterable<Uint8Array>;
}

/** The simulated phone as its ADB daemon sees it: it knows no protocol, only questions and answers. */
export interface PracticePhone {
  readonly serial: string;
  /** ro.product.name, .model, .device: what the daemon's banner says. */
  readonly product: string;
  readonly model: string;
  readonly device: string;
  /** SDK number, 21 to 36. */
  readonly sdk: number;
  /** Runs one shell command line as user shell: pipes, `;` and quotes as a real phone's sh understands the ones we use. */
  run(commandLine: string): Promise<Answer>;
  /** A readable file by absolute path, or null; folders list their names. */
  file(path: string): PhoneFile | null;
  list(path: string): readonly { readonly name: string; readonly file: PhoneFile }[] | null;
}
