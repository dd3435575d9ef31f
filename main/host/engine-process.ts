import { makeHost } from './make-host.ts';
import { parentLine } from './parent-line.ts';
import { runProcess } from './serve-process.ts';

/** The engine's own process: the same file under Node's `fork` and Electron's `utilityProcess`. */
runProcess(parentLine(), makeHost);
