import type { Browser, Page } from 'playwright-core';

/** A page of the usual size at `address`, with what it complains of. `before` sees it before it goes there. */
export async function watchedPage(
  browser: Browser,
  address: string,
  before: (page: Page) => void = () => {},
): Promise<{ readonly page: Page; readonly complaints: string[] }> {
  const complaints: string[] = [];
  const page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
  page.setDefaultTimeout(20_000);
  page.on('pageerror', (error) => complaints.push(String(error.stack)));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  before(page);
  await page.goto(address);
  return { page, complaints };
}
