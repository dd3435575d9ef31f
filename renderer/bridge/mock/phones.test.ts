import { describe, expect, it } from 'vitest';
import { bridgeProblems, deviceStates, phoneProblems, phonesView } from '../../../shared/types/device.ts';
import { phoneScenes } from './phones.ts';

describe('the scenes of the test double', () => {
  const scenes = Object.values(phoneScenes);

  it('let one look at every state of a phone, every problem of it, and every problem of adb', () => {
    const devices = scenes.flatMap((scene) => scene.devices);
    const problems = new Set([...devices, ...scenes.flatMap(({ usb = [] }) => usb)].map(({ problem }) => problem));
    expect(deviceStates.filter((state) => !devices.some((device) => device.state === state))).toEqual([]);
    expect(phoneProblems.filter((problem) => !problems.has(problem))).toEqual([]);
    expect(bridgeProblems.filter((problem) => !scenes.some(({ bridge }) => bridge.problem === problem))).toEqual([]);
  });

  it('are of the form that the engine gives', () => {
    for (const scene of scenes) expect(phonesView.parse(scene)).toEqual(scene);
  });
});
