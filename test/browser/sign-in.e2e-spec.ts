import { expect, it } from '@jest/globals';
import { signIn } from './support/browser.js';
import { browserSuite } from './support/suite.js';

browserSuite('signing in and looking up', (suite) => {
  it('refuses a wrong password in words, and lets the right one in', async () => {
    const page = await suite.openSignedOut();
    await page.goto('/matrix');
    await page.getByLabel('Organization').fill('demo');
    await page.getByLabel('Email').fill('viewer@demo.example');
    await page.getByLabel('Password').fill('wrong');
    await page.getByRole('button', { name: 'Sign in' }).click();
    expect(await page.getByRole('alert').textContent()).toContain('password is wrong');
    await page.getByLabel('Password').fill(suite.product.passwordOf('viewer'));
    await page.getByRole('button', { name: 'Sign in' }).click();
    // The address that was asked for is where one arrives.
    await page.getByRole('heading', { name: 'Matrix' }).waitFor();
  });

  it('keeps the token out of reach of scripts, and forgets it on the way out', async () => {
    const page = await suite.open('viewer');
    expect(await page.evaluate('document.cookie')).toBe('');
    expect(JSON.stringify(await page.evaluate('({ ...localStorage, ...sessionStorage })'))).not.toContain(
      'eyJ',
    );
    await page.getByRole('button', { name: 'viewer' }).click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(await page.context().cookies()).toEqual([]);
  });

  it('names a binding SLA with its source, its approver and why', async () => {
    const page = await suite.open('viewer');
    await page.getByRole('combobox', { name: 'ID or name' }).fill('CUST-1005');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: /CUST-1005 is promised enterprise/ }).waitFor();
    const answer = (await page.locator('main').textContent()) ?? '';
    for (const said of ['30 min', 'business-hours', 'admin@demo.example', 'CTR-2026-105'])
      expect(answer).toContain(said);
    expect(page.url()).toContain('id=CUST-1005');
  });

  it('offers customers as one types, by keyboard', async () => {
    const page = await suite.open('viewer');
    await page.getByRole('combobox', { name: 'ID or name' }).pressSequentially('cust-100');
    await page.getByRole('option', { name: /CUST-1002/ }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: /CUST-1002 is promised/ }).waitFor();
    // Whoever asks about one customer after another stays in the field.
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('cust-1003');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: /cust-1003 is promised/i }).waitFor();
  });

  it('knows a name for a name', async () => {
    const page = await suite.open('viewer');
    await page.goto('/?id=contoso');
    await page.getByText('Nothing is known of contoso').waitFor();
    await page.getByRole('link', { name: 'CUST-1003' }).click();
    await page.getByRole('heading', { name: /CUST-1003 is promised/ }).waitFor();
    await page.getByRole('link', { name: 'The whole story of Contoso' }).waitFor();
  });

  it('asks for a contract where a contract is meant', async () => {
    const page = await suite.open('viewer');
    await page.getByRole('combobox', { name: 'By' }).selectOption('Contract');
    await page.getByRole('combobox', { name: 'Contract ID' }).fill('ctr-2026-105');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: /CUST-1005 is promised enterprise/ }).waitFor();
  });

  it('shows an exception as one: both promises and the ways out', async () => {
    const page = await suite.open('member');
    await page.goto('/?id=CUST-1012');
    await page.getByRole('heading', { name: 'CUST-1012: Tier mismatch' }).waitFor();
    await page.getByRole('heading', { name: 'Mapped: growth' }).waitFor();
    await page.getByRole('heading', { name: 'Contracted: startup' }).waitFor();
    await page.getByRole('link', { name: 'Remap' }).click();
    expect(await page.getByRole('textbox', { name: 'Customers' }).inputValue()).toBe('CUST-1012');
    await page.getByRole('option', { name: /startup/ }).waitFor({ state: 'attached' });
    expect(await page.getByLabel('To tier').inputValue()).toBe('startup');
  });

  it('says what was known on a day before anything was', async () => {
    const page = await suite.open('viewer');
    await page.goto('/?id=CUST-1005&knownAt=2020-01-01');
    await page.getByText('as it was known at the end of 1 Jan 2020 in Europe/Berlin').waitFor();
    await page.getByText('Nothing is known of CUST-1005').waitFor();
  });

  it('asks for the password over the page when the session ends, and loses nothing', async () => {
    const page = await suite.open('member');
    await page.goto('/remap?ids=CUST-1003');
    await page.getByLabel('Reason').fill('half a sentence');
    await page.context().clearCookies();
    await page.getByRole('heading', { name: 'Your session has ended' }).waitFor();
    await page.getByLabel('Password').fill(suite.product.passwordOf('member'));
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await page.getByLabel('Reason').inputValue()).toBe('half a sentence');
    await page.reload();
    expect(await page.getByLabel('Reason').inputValue()).toBe('half a sentence');
  });

  it('keeps a half-written proposal in the matrix through the end of the session', async () => {
    const page = await suite.open('member');
    await page.goto('/matrix');
    await page.getByRole('button', { name: 'Propose a change' }).click();
    const cell = page.getByLabel('growth P1 First response', { exact: true });
    await cell.fill('77m');
    await page.context().clearCookies();
    await page.getByRole('heading', { name: 'Your session has ended' }).waitFor();
    await page.getByLabel('Password').fill(suite.product.passwordOf('member'));
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await cell.inputValue()).toBe('77m');
    await page.getByRole('button', { name: 'Propose …' }).click();
    await page.getByLabel('Reason').fill('Begun before the session ended');
    await page.getByRole('button', { name: 'Propose', exact: true }).click();
    await page.getByRole('row', { name: /P1 first response.*77m/ }).waitFor();
  });

  it('says that the line is down, and takes it up again by itself', async () => {
    const page = await suite.open('viewer');
    await page.goto('/?id=CUST-1005');
    const state = page.getByRole('banner').getByRole('status');
    await state.getByText('Live').waitFor();
    await suite.product.restart(async () => {
      await state.getByText('Reconnecting').waitFor();
      // What was read stays readable.
      await page.getByRole('heading', { name: /CUST-1005 is promised/ }).waitFor();
      // A page that has not been fetched yet says why it is not there, and the rest of the app stays.
      await page.getByRole('link', { name: 'Coverage', exact: true }).click();
      await page.getByText('The server cannot be reached').waitFor();
      suite.forgive(page);
    });
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('heading', { name: 'Coverage' }).waitFor();
    await state.getByText('Live').waitFor();
    await page.getByRole('link', { name: 'Customers', exact: true }).click();
    await page.getByRole('link', { name: 'CUST-1001' }).waitFor();
  });

  it('is reached by the link that was shared, once signed in', async () => {
    const page = await suite.openSignedOut();
    await signIn(page, suite.product, 'compliance');
    await page.goto('/history?kind=TIER&id=growth');
    await page.getByRole('heading', { name: 'When each binds' }).waitFor();
  });
});
