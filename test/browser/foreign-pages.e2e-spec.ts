import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { browserSuite } from './support/suite.js';

/** A page that is not ours, on a site that is: cookies that are bound to the site alone go with its requests. */
const withForeignPage = async (visit: (address: string) => Promise<void>): Promise<void> => {
  const server: Server = createServer((_request, response) => {
    response
      .setHeader('content-type', 'text/html')
      .end('<!doctype html><title>Elsewhere</title><h1>Elsewhere</h1>');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  try {
    await visit(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  } finally {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  }
};

const PROPOSE = `mutation { remapCustomer(input: { customerId: "CUST-1003", toTier: "startup" }) { change { id } } }`;

/** Everything that a page can send without asking first, with whatever cookies the browser adds. */
const attack = (page: Page, url: string): Promise<readonly string[]> =>
  page.evaluate<readonly string[]>(`(async () => {
    const send = (path, init) => fetch(${JSON.stringify(url)} + path, { credentials: 'include', mode: 'no-cors', ...init });
    const body = JSON.stringify({ query: ${JSON.stringify(PROPOSE)} });
    await Promise.allSettled([
      send('/graphql', { method: 'POST', body, headers: { 'content-type': 'text/plain' } }),
      send('/graphql', { method: 'POST', body: new URLSearchParams({ query: ${JSON.stringify(PROPOSE)} }) }),
      send('/graphql?query=' + encodeURIComponent(${JSON.stringify(PROPOSE)})),
      send('/v1/import/reference', { method: 'POST', body: 'customer_id\\nEVIL-1', headers: { 'content-type': 'text/plain' } }),
    ]);
    const readable = await Promise.allSettled([
      fetch(${JSON.stringify(url)} + '/v1/lookup?customerId=CUST-1003', { credentials: 'include' }),
      fetch(${JSON.stringify(url)} + '/session', { credentials: 'include' }),
    ]);
    return readable.map(({ status }) => status);
  })()`);

const socketOf = (page: Page, url: string): Promise<string> =>
  page.evaluate<string>(`new Promise((done) => {
    const socket = new WebSocket(${JSON.stringify(url.replace(/^http/, 'ws'))} + '/graphql', 'graphql-transport-ws');
    socket.onopen = () => socket.send(JSON.stringify({ type: 'connection_init' }));
    socket.onmessage = ({ data }) => done(JSON.parse(data).type);
    socket.onclose = () => done('closed');
  })`);

browserSuite('pages that are not ours', (suite) => {
  it('can change nothing and read nothing, though the browser would send the cookie', async () => {
    const page = await suite.open('member');
    await withForeignPage(async (address) => {
      const foreign = await page.context().newPage();
      await foreign.goto(address);
      expect(await attack(foreign, suite.product.url)).toEqual(['rejected', 'rejected']);
      expect(await socketOf(foreign, suite.product.url)).toBe('closed');
      await foreign.setContent(`<iframe src="${suite.product.url}/"></iframe>`);
      await foreign.frameLocator('iframe').locator('body').waitFor({ state: 'attached' });
      expect(await foreign.frameLocator('iframe').getByText('Look up').count()).toBe(0);
    });
    await page.goto('/changes?view=open');
    await page.getByText('No proposal is open').waitFor();
  });

  it('cannot have their scripts or styles run in ours', async () => {
    const page = await suite.open('viewer');
    const [response] = await Promise.all([
      page.waitForResponse((each) => each.url().endsWith('/matrix')),
      page.goto('/matrix'),
    ]);
    const policy = response.headers()['content-security-policy'] ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/unsafe-|\*/);
    const refused = await page.evaluate<readonly string[]>(`new Promise((done) => {
      const refused = [];
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
        refused.push(effectiveDirective);
        if (refused.length === 3) done(refused.sort());
      });
      const inline = document.createElement('script');
      inline.textContent = 'window.ran = true';
      const foreign = document.createElement('script');
      foreign.src = 'https://evil.example/x.js';
      const style = document.createElement('style');
      style.textContent = 'body { display: none }';
      document.body.append(inline, foreign, style);
    })`);
    expect(refused).toEqual(['script-src-elem', 'script-src-elem', 'style-src-elem']);
    expect(await page.evaluate('window.ran')).toBeUndefined();
    suite.forgive(page);
  });
});
