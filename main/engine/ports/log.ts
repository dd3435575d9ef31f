/** Diagnostics for developers; nothing in it is evidence, and no evidence goes into it. */
export interface Log {
  note(message: string): void;
}
