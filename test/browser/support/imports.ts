import type { Page } from 'playwright-core';

/** Gives a sheet to the import page and has it checked; ends on its report. */
export const checkSheet = async (page: Page, name: string, csv: Buffer): Promise<void> => {
  await page.goto('/import');
  await page.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer: csv });
  await page.getByRole('button', { name: 'Check every row' }).click();
  await page.waitForURL(/\/import\/[\w-]+/);
};

/** On the page of a change. */
export const approve = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: /^Approve/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Approve' }).click();
  await page.getByText('Approved', { exact: true }).first().waitFor();
};

interface Sheet {
  readonly proposer: Page;
  readonly approver: Page;
  readonly name: string;
  readonly csv: Buffer;
}

/** A sheet from its file to every row applied; ends on the approver's report. */
export const importThrough = async ({ proposer, approver, name, csv }: Sheet): Promise<void> => {
  await checkSheet(proposer, name, csv);
  await proposer.getByText(/^Ready: [\d,]+ rows/).waitFor();
  await proposer.getByRole('link', { name: 'Open the proposal' }).click();
  await proposer.waitForURL(/\/changes\//);
  await approver.goto(new URL(proposer.url()).pathname);
  await approve(approver);
  await approver.getByRole('link', { name: 'See what every row' }).click();
  await approver.getByText(/^Applied: [\d,]+ rows/).waitFor();
};
