import { type PhoneAction, type RecordedBridge, recordedBridge } from '../custody/recorded-bridge.ts';
import type { ClockOffset } from '../model/acquisition.ts';
import type { Clock } from '../ports/clock.ts';
import type { DeviceBridge } from '../ports/device-bridge.ts';
import type { EvidenceKeeper } from '../ports/evidence-keeper.ts';

/** The bridge of one acquisition, whose commands all end up in the custody log. */
export interface PhoneLog {
  readonly bridge: RecordedBridge;
  /** Until here commands are held back: a phone that is not chosen leaves nothing in a case. Writes those, and each later one. */
  into(keeper: EvidenceKeeper): Promise<void>;
  /** The keeper, listening for the phone's clock, so that later commands carry its offset. */
  listening(keeper: EvidenceKeeper): EvidenceKeeper;
}

/** Begins to record what is done on a phone. */
export function recordPhone(bridge: DeviceBridge, clock: Clock): PhoneLog {
  let waiting: PhoneAction[] = [];
  let keeper: EvidenceKeeper | null = null;
  const write = (to: EvidenceKeeper, action: PhoneAction) => to.log('phone.command', { ...action });
  const recorded = recordedBridge(bridge, clock, async (action) => {
    if (keeper) await write(keeper, action);
    else waiting.push(action);
  });
  return {
    bridge: recorded,
    async into(to) {
      keeper = to;
      const held = waiting;
      waiting = [];
      for (const action of held) await write(to, action);
    },
    listening: (to) => ({
      open: (what) => to.open(what),
      async log(action, details) {
        const offset = details.offset as ClockOffset | null | undefined;
        if (action === 'clock.compared' && offset) recorded.knownOffset(offset);
        await to.log(action, details);
      },
    }),
  };
}
