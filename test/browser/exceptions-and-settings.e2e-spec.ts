import { expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { eventually } from '../support/eventually.js';
import { browserSuite } from './support/suite.js';

const SECRET = 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD';
const position = (text: string): string => text.padStart(20, '0');

browserSuite('exceptions and settings', (suite) => {
  const approve = async (admin: Page, address: string): Promise<void> => {
    await admin.goto(new URL(address).pathname);
    await admin.getByRole('button', { name: /^Approve/ }).click();
    await admin.getByRole('dialog').getByRole('button', { name: 'Approve' }).click();
    await admin.getByText('Approved', { exact: true }).first().waitFor();
  };

  it('gives an exception somebody who sees to it and a day, and says when that has passed', async () => {
    const member = await suite.open('member');
    await member.goto('/exceptions');
    await member.getByRole('button', { name: 'Acknowledge' }).click();
    expect(await member.getByLabel('Who sees to it').inputValue()).toBe('member@demo.example');
    await member.getByLabel('Due on').fill('2031-05-01');
    await member.getByLabel('Note').fill('Waiting for the signed contract');
    await member.getByRole('dialog').getByRole('button', { name: 'Acknowledge' }).click();
    await member.getByText('Seen to by member@demo.example, due 1 May 2031').waitFor();
    await member.getByText('member@demo.example: Waiting for the signed contract').waitFor();

    await member.getByRole('button', { name: 'Update' }).click();
    await member.getByLabel('Who sees to it').fill('grace@demo.example');
    await member.getByLabel('Due on').fill('2020-01-01');
    await member.getByRole('dialog').getByRole('button', { name: 'Acknowledge' }).click();
    await member.getByText('Seen to by grace@demo.example, due 1 Jan 2020').waitFor();
    await member.getByText('Overdue').waitFor();
    await member.goto('/?id=CUST-1012');
    await member.getByText('Seen to by grace@demo.example, due 1 Jan 2020').waitFor();
  });

  it('lets an admin choose what is answered then, and marks the answer', async () => {
    const [admin, viewer] = [await suite.open('admin'), await suite.open('viewer')];
    await viewer.goto('/settings');
    await viewer.getByText('These are for people with the role admin').waitFor();
    expect(await viewer.getByRole('link', { name: 'Settings' }).count()).toBe(0);

    await admin.getByRole('link', { name: 'Settings' }).click();
    expect(await admin.getByLabel('Refuse').isChecked()).toBe(true);
    await admin.getByLabel('The contract wins').check();
    await admin.getByLabel('Reason').fill('As the board decided');
    await admin.getByRole('button', { name: 'Save' }).click();
    await admin.getByRole('button', { name: 'Save' }).waitFor({ state: 'detached' });
    expect(await admin.getByLabel('The contract wins').isChecked()).toBe(true);

    await viewer.goto('/?id=CUST-1012');
    const marked = viewer.getByRole('region', { name: 'Answered in spite of an exception' });
    await marked.getByText('Contract wins').waitFor();
    await viewer.getByRole('heading', { name: /CUST-1012 is promised startup/ }).waitFor();
    await marked.getByRole('link').click();
    await viewer.getByText('Tier mismatch').last().waitFor();

    await admin.getByLabel('Refuse').check();
    await admin.getByRole('button', { name: 'Save' }).click();
    await admin.getByRole('button', { name: 'Save' }).waitFor({ state: 'detached' });
  });

  it('waives one: proposed, revised, approved, and then listed as waived', async () => {
    const [member, admin] = [await suite.open('member'), await suite.open('admin')];
    await member.goto('/exceptions');
    await member.getByRole('button', { name: 'Waive' }).click();
    await member.getByLabel('What binds').selectOption('The contract: startup');
    await member.getByLabel('Until').fill('2031-01-01T00:00');
    await member.getByLabel('Reason').fill('Until it is signed');
    await member.getByRole('button', { name: 'Propose', exact: true }).click();
    await member.getByRole('link', { name: 'Revise' }).click();
    await member.getByLabel('What binds').selectOption('The mapping');
    await member.getByRole('button', { name: 'Submit revision 2' }).click();
    await member.getByText('revision 2').first().waitFor();
    await approve(admin, member.url());

    await member.goto('/?id=CUST-1012');
    await member.getByRole('heading', { name: /CUST-1012 is promised growth/ }).waitFor();
    await member.getByText('An approved waiver says which of them binds').waitFor();
    await member.goto('/exceptions?status=WAIVED');
    await member.getByText('Waived', { exact: true }).last().waitFor();
    expect(await member.getByRole('button', { name: 'Waive' }).count()).toBe(0);
  });

  it('shows how webhooks fare, and a secret once', async () => {
    const admin = await suite.open('admin');
    const webhook = {
      id: 'w1',
      url: 'https://erp.example/inbox',
      description: 'Tells the ERP',
      status: 'ACTIVE',
      position: position('120'),
      createdAt: '2026-11-20T10:00:00Z',
      createdBy: 'admin@demo.example',
      failure: {
        attempts: 4,
        failedAt: '2026-11-21T14:00:00Z',
        message: 'The receiver answered 503.',
        nextAttemptAt: '2026-11-21T15:00:00Z',
      },
      deadLetters: {
        totalCount: 1,
        nodes: [
          {
            position: position('101'),
            attempts: 12,
            failedAt: '2026-11-19T09:00:00Z',
            message: 'The receiver answered 500.',
            requested: false,
          },
        ],
      },
    };
    const told: unknown[] = [];
    const done = { position: null, userErrors: [] };
    // Deliveries lead to the public internet, which tests stay away from: what the API says of them is written here.
    await admin.route('**/graphql', (route) => {
      const { query, variables } = route.request().postDataJSON() as { query: string; variables: unknown };
      const answer = (data: object) => route.fulfill({ json: { data } });
      if (query.includes('query Webhooks')) return answer({ webhooks: [webhook] });
      if (query.includes('mutation CreateWebhook'))
        return answer({ createWebhook: { ...done, secret: SECRET } });
      if (!query.includes('mutation RedeliverDeadLetters')) return route.continue();
      told.push(variables);
      return answer({ redeliverDeadLetters: done });
    });
    await admin.goto('/settings');
    await admin.getByText('The last 4 attempts failed: The receiver answered 503.').waitFor();
    await admin.getByText('One change was given up').click();
    await admin.getByRole('button', { name: `Send ${position('101')} again` }).click();
    await eventually(() =>
      expect(told).toEqual([{ input: { webhookId: 'w1', positions: [position('101')] } }]),
    );

    await admin.getByRole('button', { name: 'Add a webhook' }).click();
    await admin.getByLabel('Address').fill('https://hooks.example.com/sla');
    await admin.getByRole('button', { name: 'Add', exact: true }).click();
    await admin.getByText('It is not shown again').waitFor();
    expect(await admin.getByLabel('Signing secret').inputValue()).toBe(SECRET);
    await admin.getByRole('button', { name: 'I have kept it' }).click();
    await admin.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await admin.content()).not.toContain(SECRET);
  });

  it('says why an address is no good for a webhook', async () => {
    const admin = await suite.open('admin');
    await admin.goto('/settings');
    await admin.getByRole('button', { name: 'Add a webhook' }).click();
    await admin.getByLabel('Address').fill('https://127.0.0.1/inbox');
    await admin.getByRole('button', { name: 'Add', exact: true }).click();
    await admin.getByRole('dialog').getByRole('alert').waitFor();
  });
});
