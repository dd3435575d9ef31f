/** How much may come out of an archive. */
export interface Limits {
  /** Bytes unpacked from one evidence file, all members and nested archives together, whatever its size. */
  readonly mostUnpacked: number;
  /** Up to here no ratio is asked for. */
  readonly freeUnpacked: number;
  /** Bytes unpacked for each byte of the file, above the free part. Text packs about tenfold, logs at most thirtyfold. */
  readonly mostRatio: number;
  /** Archives inside archives. */
  readonly depth: number;
  /** A nested archive, and a binary section, is held in memory: bytes. */
  readonly mostHeld: number;
  readonly mostMembers: number;
}

export const defaultLimits: Limits = {
  mostUnpacked: 32 * 1024 ** 3,
  freeUnpacked: 512 * 1024 ** 2,
  mostRatio: 100,
  depth: 3,
  mostHeld: 256 * 1024 ** 2,
  mostMembers: 200_000,
};

/** Bytes that may be unpacked from a file of this size. */
export function allowance(fileBytes: number, limits: Limits): number {
  return Math.min(limits.mostUnpacked, Math.max(limits.freeUnpacked, fileBytes * limits.mostRatio));
}

/** The allowance is spent: nothing more of this evidence file is unpacked. */
export class BudgetSpent extends Error {}

/** Counts what really comes out, whatever an archive says of itself. */
export class Budget {
  readonly most: number;
  private left: number;
  constructor(most: number) {
    this.most = most;
    this.left = most;
  }
  spend(bytes: number): void {
    this.left -= bytes;
    if (this.left < 0) throw new BudgetSpent(`more than ${this.most} bytes`);
  }
}
