import { launchBrowser } from '../browser.ts';

/** What a page asked for while somebody walked through the window. */
export interface Walk {
  readonly origin: string;
  /** Places that were looked at, each with how much text it showed. */
  readonly places: Readonly<Record<string, number>>;
  readonly requests: readonly string[];
  readonly sockets: readonly string[];
  readonly complaints: readonly string[];
}

/** Every place, and words that the sample case has it say once it is there. */
const inCase: Readonly<Record<string, readonly string[]>> = {
  Timeline: ['Most sent'],
  Destinations: ['China', 'Singapore'],
  Apps: ['Mi Cloud', 'com.miui.gallery'],
  Findings: ['does not'],
  Evidence: ['getprop', 'SHA-256'],
  Report: ['Verify'],
  Phone: ['Phone'],
  Cases: ['Sample'],
};

/**
 * Opens the window at an address, has the sample case made, and looks at every place of it. Names lead nowhere for this browser, and
 * no address but the loopback's is one that it may ask.
 */
export async function walkWindow(address: string): Promise<Walk> {
  const browser = await launchBrowser(['--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1']);
  const requests: string[] = [];
  const sockets: string[] = [];
  const complaints: string[] = [];
  const places: Record<string, number> = {};
  try {
    const context = await browser.newContext({ viewport: { width: 1280, height: 720 } });
    context.on('request', (request) => requests.push(request.url()));
    const page = await context.newPage();
    page.setDefaultTimeout(30_000);
    page.on('websocket', (socket) => sockets.push(socket.url()));
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    await page.goto(address);
    await page.getByRole('button', { name: 'Open the sample case' }).click();
    await page.getByRole('link', { name: 'Timeline', exact: true }).click();
    await page.locator('.tl-host').waitFor();
    for (const [name, words] of Object.entries(inCase)) {
      await page
        .getByRole('link', { name: new RegExp(`^${name}`) })
        .first()
        .click();
      // What a place shows comes over the wire, behind its frame.
      const shows = (words: readonly string[]) =>
        words.every((word) => document.querySelector('#root')?.textContent.includes(word));
      await page.waitForFunction(shows, words).catch(async (error) => {
        throw new Error(`${name} did not say ${words.join(', ')}: ${await page.locator('#root').textContent()}`, {
          cause: error,
        });
      });
      await page.waitForLoadState('networkidle');
      places[name] = await page.evaluate(() => document.querySelector('#root')?.textContent.length ?? 0);
    }
  } finally {
    await browser.close();
  }
  return { origin: new URL(address).origin, places, requests, sockets, complaints };
}
