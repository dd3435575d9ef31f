import { offsetsOf } from '../../shared/base/zone.ts';
import { makeHost } from './make-host.ts';
import { parentLine } from './parent-line.ts';
import { runProcess } from './serve-process.ts';

const IDLE_MS = 100;

/** The engine's own process: the same file under Node's `fork` and Electron's `utilityProcess`. */
runProcess(parentLine(), makeHost);
// The first zone that a process asks about has its tables read, which takes as long as opening a case: not while one is being opened.
setTimeout(() => offsetsOf('Etc/UTC'), IDLE_MS).unref();
