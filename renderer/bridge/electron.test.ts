import { describe, expect, it } from 'vitest';
import { Failure } from '../../shared/base/failure.ts';
import { electronBridge, type PreloadWire } from './electron.ts';

function bridgeOver(request: PreloadWire['request'], pathOf: PreloadWire['pathOf'] = () => '') {
  return electronBridge({ request, listen: () => () => {}, pathOf });
}

describe('the bridge inside Electron', () => {
  it('takes a bare answer and one in a reply alike', async () => {
    const bare = bridgeOver(async () => []);
    const wrapped = bridgeOver(async () => ({ id: 1, ok: true, value: [] }));
    expect(await bare.client.cases.recent(null)).toEqual([]);
    expect(await wrapped.client.cases.recent(null)).toEqual([]);
  });

  it('does not take an answer that merely has ok in it for a reply', async () => {
    const outcome = { ok: true, checked: 3, failures: [] };
    const { client } = bridgeOver(async () => outcome);
    expect(await client.evidence.verify({ case: 'c', task: 't' })).toEqual(outcome);
  });

  it('makes a Failure of a failed reply, of a failure’s view, and of any error', async () => {
    const view = { code: 'read-only' as const, message: 'Read-only.', advice: null };
    const ways: PreloadWire['request'][] = [
      async () => ({ id: 1, ok: false, error: view }),
      async () => Promise.reject(view),
      async () => Promise.reject(new Error('lost')),
    ];
    for (const [index, way] of ways.entries()) {
      const failure = await bridgeOver(way)
        .client.cases.recent(null)
        .catch((thrown: unknown) => thrown);
      expect(failure).toBeInstanceOf(Failure);
      expect((failure as Failure).code).toBe(index === 2 ? 'internal' : 'read-only');
    }
  });

  it('names the paths of dropped files and leaves out what has none', async () => {
    const files = [{ name: 'a' }, { name: 'memory' }] as File[];
    const bridge = bridgeOver(
      async () => null,
      (file) => (file.name === 'memory' ? '' : `/tmp/${file.name}`),
    );
    expect(await bridge.pathsOf(files)).toEqual(['/tmp/a']);
  });
});
