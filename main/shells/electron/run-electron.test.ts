import { EventEmitter } from 'node:events';
import { beforeEach, describe, expect, it, vi } from 'vitest';

/*
 * Electron's binary is not needed here: its module is a double that notes what it was asked for. This proves what the
 * shell demands of Electron, not what Electron does; the suite in test/electron does that, where a binary is present.
 */

type Handler = (...args: unknown[]) => unknown;

const electron = vi.hoisted(() => ({ made: null as unknown as ReturnType<typeof makeDouble> }));

function makeDouble() {
  const order: string[] = [];
  const windows: { options: { webPreferences: Record<string, unknown> }; webContents: { sent: unknown[] } }[] = [];
  const app = Object.assign(new EventEmitter(), {
    isPackaged: false,
    requestSingleInstanceLock: () => true,
    enableSandbox: () => void order.push('sandbox'),
    whenReady: async () => void order.push('ready'),
    getAppPath: () => '/program',
    getVersion: () => '1.2.3',
    quit: () => void order.push('quit'),
  });
  const child = Object.assign(new EventEmitter(), { sent: [] as unknown[], postMessage: vi.fn(), kill: vi.fn() });
  child.postMessage.mockImplementation((message: unknown) => void child.sent.push(message));
  const handlers = new Map<string, Handler>();
  const permissions: Record<string, Handler> = {};
  const note = (name: string) => (handler: Handler) => {
    permissions[name] = handler;
  };
  const opened: string[] = [];
  class BrowserWindow extends EventEmitter {
    static getAllWindows = () => windows;
    options: never;
    webContents = { sent: [] as unknown[], send: (...message: unknown[]) => this.webContents.sent.push(message) };
    address = '';
    constructor(options: never) {
      super();
      this.options = options;
      windows.push(this as never);
    }
    isDestroyed = () => false;
    loadURL = async (address: string) => {
      this.address = address;
      order.push(`load ${address}`);
    };
  }
  return {
    order,
    windows,
    app,
    child,
    handlers,
    permissions,
    opened,
    module: {
      app,
      BrowserWindow,
      ipcMain: { handle: (channel: string, handler: Handler) => handlers.set(channel, handler) },
      protocol: {
        registerSchemesAsPrivileged: () => void order.push('scheme'),
        handle: (scheme: string) => void order.push(`handle ${scheme}`),
      },
      session: {
        defaultSession: {
          setPermissionRequestHandler: note('request'),
          setPermissionCheckHandler: note('check'),
          setDevicePermissionHandler: note('device'),
          setDisplayMediaRequestHandler: note('display'),
        },
      },
      shell: { openExternal: async (address: string) => void opened.push(address) },
      utilityProcess: { fork: vi.fn(() => child) },
    },
  };
}

vi.mock(
  'electron',
  () =>
    new Proxy(
      {},
      {
        get: (_target, name) => (electron.made.module as Record<string | symbol, unknown>)[name],
        has: () => true,
        ownKeys: () => Reflect.ownKeys(electron.made.module),
        getOwnPropertyDescriptor: (_target, name) => ({
          configurable: true,
          enumerable: true,
          value: (electron.made.module as Record<string | symbol, unknown>)[name],
        }),
      },
    ),
);

beforeEach(async () => {
  electron.made = makeDouble();
  vi.resetModules();
  const { runElectron } = await import('./run-electron.ts');
  await runElectron(undefined);
});

describe('the Electron shell', () => {
  it('asks for the sandbox and the scheme before Electron is ready, and loads its own page alone', () => {
    const { order } = electron.made;
    expect(order.slice(0, 3)).toEqual(['sandbox', 'scheme', 'ready']);
    expect(order.slice(3)).toEqual(['handle app', 'load app://phonehome/index.html']);
  });

  it('gives the page nothing of Node', () => {
    expect(electron.made.windows[0]?.options.webPreferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
    });
  });

  it('denies every permission', () => {
    const { permissions } = electron.made;
    const answer = vi.fn();
    permissions.request?.(null, 'media', answer);
    expect(answer).toHaveBeenCalledWith(false);
    expect(permissions.check?.()).toBe(false);
    expect(permissions.device?.()).toBe(false);
    permissions.display?.(null, answer);
    expect(answer).toHaveBeenLastCalledWith({});
  });

  it('keeps every page where it is', () => {
    const contents = Object.assign(new EventEmitter(), {
      open: null as Handler | null,
      setWindowOpenHandler(handler: Handler) {
        contents.open = handler;
      },
    });
    electron.made.app.emit('web-contents-created', {}, contents);
    for (const [name, url, kept] of [
      ['will-navigate', 'https://evil.example/', true],
      ['will-navigate', 'file:///etc/passwd', true],
      ['will-redirect', 'http://127.0.0.1/', true],
      ['will-attach-webview', '', true],
      ['will-navigate', 'app://phonehome/index.html', false],
    ] as const) {
      const event = { url, preventDefault: vi.fn() };
      contents.emit(name, event);
      expect(event.preventDefault.mock.calls.length > 0, `${name} ${url}`).toBe(kept);
    }
    for (const url of ['https://example.org/', 'http://example.org/', 'file:///etc/passwd', 'javascript:1', '']) {
      expect(contents.open?.({ url })).toEqual({ action: 'deny' });
    }
    expect(electron.made.opened).toEqual(['https://example.org/']);
  });

  it('answers the main frame of its own page and nobody else', async () => {
    const { handlers, child } = electron.made;
    const ask = handlers.get('phonehome:request');
    const mainFrame = { url: 'app://phonehome/index.html#/cases' };
    child.emit('spawn');
    const answer = ask?.({ senderFrame: mainFrame, sender: { mainFrame } }, 'phones', 'list', null);
    const sent = child.sent.at(-1) as { request: { id: number; group: string; name: string } };
    expect(sent.request).toMatchObject({ group: 'phones', name: 'list', args: null });
    child.emit('message', { is: 'reply', reply: { id: sent.request.id, ok: true, value: 'phones' } });
    expect(await answer).toMatchObject({ ok: true, value: 'phones' });

    const elsewhere = { url: 'https://evil.example/' };
    const before = child.sent.length;
    for (const event of [
      { senderFrame: null, sender: { mainFrame } },
      { senderFrame: elsewhere, sender: { mainFrame: elsewhere } },
      { senderFrame: { url: mainFrame.url }, sender: { mainFrame } },
    ]) {
      expect(await ask?.(event, 'phones', 'list', null)).toMatchObject({ ok: false, error: { code: 'wrong-use' } });
    }
    expect(await ask?.({ senderFrame: mainFrame, sender: { mainFrame } }, 5, 'list', null)).toMatchObject({
      ok: false,
    });
    expect(child.sent).toHaveLength(before);
  });

  it('starts the engine in its own process, in order, and passes news on', () => {
    const { child, module, windows } = electron.made;
    expect(module.utilityProcess.fork).toHaveBeenCalledOnce();
    expect(String(module.utilityProcess.fork.mock.calls.at(0))).toContain('engine-process.cjs');
    expect(child.sent).toEqual([]);
    child.emit('spawn');
    expect(child.sent[0]).toMatchObject({ is: 'start', settings: { shell: 'electron', version: '1.2.3' } });
    const news = { group: 'cases', name: 'changed', payload: { case: 'c' } };
    child.emit('message', { is: 'news', news });
    expect(windows[0]?.webContents.sent).toEqual([['phonehome:news', news]]);
  });

  it('closes the engine before it ends', async () => {
    const { app, child, order } = electron.made;
    child.emit('spawn');
    const event = { preventDefault: vi.fn() };
    app.emit('before-quit', event);
    expect(event.preventDefault).toHaveBeenCalled();
    expect(child.sent.at(-1)).toEqual({ is: 'stop' });
    expect(order).not.toContain('quit');
    child.emit('exit', 0);
    await vi.waitFor(() => expect(order).toContain('quit'));
  });
});
