import { plainText } from '../../../../../shared/text/plain-text.ts';
import type { AcquiredStep } from '../acquired.ts';
import { judge } from '../judge.ts';
import { KeptAnswer } from '../kept-answer.ts';
import type { CompanionSurroundings, LiveCompanion } from '../live/companion.ts';
import { packetRow } from '../plan-root.ts';
import { keepErrors, offsetFacts, originOf } from '../task-evidence.ts';
import { askPhone } from './ask-phone.ts';
import { asRoot, type RootAccess } from './root-access.ts';

const errors = new TextDecoder();
/** Before Android 7 a command has one stream for its answer and its errors. */
const firstWithStreams = 24;

/** What came of the streams; one for each time that the phone was there. */
export interface PacketStream extends LiveCompanion {
  /** Ended ones, as one step of the acquisition; null: none was begun. */
  step(): AcquiredStep | null;
}

/**
 * Streams the phone's packets into the case for as long as a live acquisition goes on: `tcpdump` as root, straight into an
 * evidence file, a new one each time that the phone came back. The end that the examiner wants is how it is meant to end: what came
 * until then is whole, but for its last packet, which may be cut. Where the phone is reached over the network the packets of adb
 * itself are left out, and the log says so (`packets.began`, `packets.ended`).
 */
export function packetStream(access: RootAccess): PacketStream {
  const evidence: string[] = [];
  let bytes = 0;
  let last: Pick<AcquiredStep, 'command' | 'state' | 'why' | 'exit'> | null = null;
  let streams = 0;
  return {
    id: 'packets',
    step: () =>
      last && {
        ...last,
        id: 'packets',
        title: streams === 1 ? 'Packets' : `Packets, ${streams} streams`,
        user: null,
        bytes,
        evidence: [...evidence],
      },
    async run(at) {
      const port = await adbPort(at);
      const row = packetRow((line) => asRoot(access, line), port, at.sdk !== null && at.sdk < firstWithStreams);
      const command = row.commands[0]!.line;
      streams += 1;
      const name = `packets-${streams}.pcap`;
      const task = { id: row.id, title: name, row, user: null };
      await at.keep.log('packets.began', { step: row.id, command, leftOut: port === null ? null : leftOut(port) });
      const answer = new KeptAnswer(at.keep, { name, origin: originOf(task, command, 'stdout'), section: row.section });
      try {
        const options = { timeoutMs: row.timeoutMs, signal: at.signal, allow: ['root'] as const };
        const result = await at.bridge.run(at.serial, command, options, async (chunk) => {
          if (chunk.length === 0) return;
          await answer.write(chunk);
          at.received(chunk.length);
        });
        const wanted = result.ending === 'cancelled' && at.over.aborted;
        const judged = wanted
          ? { state: 'complete' as const, why: null }
          : judge({
              ending: result.ending === 'cancelled' ? 'phone gone' : result.ending,
              exit: result.exit,
              bytes: answer.bytes,
              head: answer.bytes === 0 ? '' : 'packets',
              tail: '',
              stderr: errors.decode(result.stderr),
              neverEmpty: true,
            });
        const ended = wanted ? byExaminer : (judged.why ?? 'The program ended by itself.');
        const { hostBeforeUs, hostAfterUs, exit } = result;
        const facts = { state: judged.state, exit, hostBeforeUs, hostAfterUs, ...offsetFacts(at.offset) };
        const id = await answer.finish(facts);
        if (id !== null) evidence.push(id);
        evidence.push(...(await keepErrors(task, command, result, judged, at)));
        bytes += answer.bytes;
        last = { command, state: judged.state, why: judged.why, exit };
        await at.keep.log('packets.ended', { step: row.id, evidence: id, bytes: answer.bytes, ended });
        if (!wanted && judged.state !== 'interrupted') {
          const what = answer.bytes === 0 ? 'No packets could be streamed' : 'Packets are no longer streamed';
          at.note(`${what}: ${plainText(ended, 300)}`);
        }
      } catch (error) {
        await answer.discard();
        throw error;
      }
    },
  };
}

const byExaminer = 'It was ended as the examiner asked; its last packet may be cut.';
const leftOut = (port: number) => `Packets to and from the phone’s port ${port}, over which adb itself is connected.`;

/** The phone's port to which adb is connected over the network; null for a cable, or where it cannot be told. */
async function adbPort(at: CompanionSurroundings): Promise<number | null> {
  const address = /^[^\s]+:(\d{1,5})$/.exec(at.serial);
  if (address) return Number(address[1]);
  if (!at.serial.includes('._adb-tls-connect._tcp')) return null;
  // Wireless debugging names no port; the phone knows it.
  const said = await askPhone(at, 'getprop service.adb.tls.port', { timeoutMs: 5000, mostBytes: 100 }).catch(
    () => null,
  );
  const port = Number(said?.text.trim());
  return Number.isInteger(port) && port > 0 && port < 65_536 ? port : null;
}
