import { testEngine, work } from './engine.ts';

/** `node seal-in-child.ts CASE SEALED RECIPIENT IDENTITIES OUT`: seals and opens a case, and prints what memory that took. */
const [path, sealed, recipient, identities, out] = process.argv.slice(2) as [string, string, string, string, string];
const engine = testEngine();
// What the program takes before it begins, its parts loaded.
await import('age-encryption');
const before = process.memoryUsage().rss;
await engine.sealCase(path, { to: [recipient], out: sealed }, work());
await engine.unsealCase(sealed, { identities, out }, work());
// In kilobytes on every system.
const peak = process.resourceUsage().maxRSS * 1024;
process.stdout.write(JSON.stringify({ before, peak }));
