/** The page of a refusal: one sentence, readable in light and dark. */
export function refusalPage(sentence: string, nonce: string): string {
  return plainPage(`<p>${sentence}</p>`, '', nonce);
}

/** A page that leads on to `target`, a path of this server, at once. */
export function leadPage(target: string, nonce: string): string {
  const safe = target.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
  return plainPage(
    `<p><a href="${safe}">Open the window</a></p>`,
    `<meta http-equiv="refresh" content="0;url=${safe}">`,
    nonce,
  );
}

function plainPage(body: string, head: string, nonce: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="color-scheme" content="light dark">
${head}
<title>Phonehome</title>
<style nonce="${nonce}">
  body { font: 16px/1.5 system-ui, sans-serif; max-width: 36rem; margin: 20vh auto; padding: 0 1.5rem; }
</style>
<h1>Phonehome</h1>
${body}
</html>
`;
}
