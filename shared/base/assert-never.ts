/** Closes a switch over a union: a new member becomes a type error here. */
export function assertNever(value: never, what: string): never {
  throw new Error(`${what}: ${JSON.stringify(value)} was not expected`);
}
