import type { AcquisitionExtra } from '../../../../shared/types/acquisition.ts';
import type { DeviceView } from '../../../../shared/types/device.ts';
import type { Clock } from '../../ports/clock.ts';
import type { DeviceBridge } from '../../ports/device-bridge.ts';
import type { EvidenceKeeper } from '../../ports/evidence-keeper.ts';
import type { Progress } from '../../ports/progress.ts';
import { acquiredOf, type DeviceAcquisition } from './acquired.ts';
import { choosePhone } from './choose-phone.ts';
import type { EarlierAcquisition } from './earlier.ts';
import { type AcquisitionProfile, acquisitionPlan, type PlanRow, planFor, stagesOf } from './plan.ts';
import { Walk } from './walk.ts';

export type { AcquiredStep, DeviceAcquisition } from './acquired.ts';
export { restartWords } from './learned.ts';

export interface AcquireFromDeviceOptions {
  readonly bridge: DeviceBridge;
  readonly clock: Clock;
  /** Null: the only phone that is ready. */
  readonly serial: string | null;
  readonly profile: AcquisitionProfile;
  /** What is to be done although it changes the phone; the examiner asked for each. */
  readonly extras?: readonly AcquisitionExtra[];
  readonly progress: Progress;
  readonly signal: AbortSignal;
  readonly keep: EvidenceKeeper;
  /** The phone as `choosePhone` gave it, so that it is not chosen twice. */
  readonly phone?: DeviceView;
  readonly plan?: readonly PlanRow[];
  /** How long a phone that goes away is waited for, milliseconds each time; 0 or absent: not at all. */
  readonly waitMs?: number;
  /** The phone's own serial, by which it is known again; null where it tells none. */
  readonly hardwareSerial?: string | null;
  /** The acquisition to go on with: its complete steps are not asked again. */
  readonly earlier?: EarlierAcquisition | null;
  /** Never more commands than so many at the same time; absent: as many as the phone bears. */
  readonly mostAtOnce?: number;
}

/**
 * Acquires a phone by the plan: every answer goes to the keeper as it comes, with its command, times, exit status and
 * state. Rejects with a Failure when no phone can be chosen (nothing has been kept then) or when the keeper cannot
 * write. What the phone does wrong ends up in the steps, never in a rejection.
 */
export async function acquireFromDevice(options: AcquireFromDeviceOptions): Promise<DeviceAcquisition> {
  const { bridge, signal, profile, plan = acquisitionPlan, extras = [] } = options;
  const phone = options.phone ?? (await choosePhone(bridge, options.serial, signal));
  const rows = planFor(profile, plan, extras);
  const { waitMs = 0, hardwareSerial = null, earlier = null } = options;
  const walk = new Walk({ ...options, waitMs, hardwareSerial, earlier }, phone.serial, rows);
  for (const stage of stagesOf(rows)) await walk.stage(stage);
  return acquiredOf(phone, walk.connection, walk.tasks, walk.steps, walk.learned, walk.stop);
}
