/* eslint-disable @n8n/community-nodes/no-restricted-imports -- end-to-end tests: they use a browser */
import type { Page } from 'playwright-core';
import { aktifyAccounts } from '../../sandbox';
import type { QuickStart } from '../quickstart/environment';
import { assert, type CheckRunner } from './checks';
import type { Editor } from './editor/Editor';

const WIDTHS = [1280, 400];
const OPT_OUT = { id: 'ldAktifyOptOut01', path: '6f0d7c1e-5a43-4d52-9a52-1d6f2a7c0005/aktify' };
const NAME = '<img src=x onerror=alert(1)>';

/** Opens a page of the sandbox in each width and theme, and returns what is wrong with it. */
async function problemsOf(page: Page, url: string): Promise<string[]> {
	const problems: string[] = [];
	for (const width of WIDTHS) {
		await page.setViewportSize({ width, height: 900 });
		for (const colorScheme of ['light', 'dark'] as const) {
			await page.emulateMedia({ colorScheme });
			await page.goto(url);
			const needed = await page.evaluate<number>('document.documentElement.scrollWidth');
			if (needed > width) problems.push(`${url} needs ${needed} of ${width} pixels`);
		}
	}
	return problems;
}

async function resultOf(page: Page): Promise<string> {
	return await page.getByRole('status').innerText();
}

/** Uses the page of the sandbox in the browser, with a published workflow that receives the webhook of a button. */
export async function checkSandboxPage(
	checks: CheckRunner,
	{ n8n, world, sandboxUrl, editorUrl }: QuickStart,
	editor: Editor,
): Promise<void> {
	const page = await editor.page.context().newPage();
	const errors: string[] = [];
	page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
	page.on('dialog', (dialog) => {
		errors.push(`a dialog: ${dialog.message()}`);
		void dialog.dismiss();
	});
	world.reset();
	const { campaign, clientSecret } = aktifyAccounts.one;
	world.aktify.accept(campaign, '+15095550101', { firstName: NAME, region: 'WA' });

	await checks.check('sandbox page: fits on wide and narrow screens, light and dark', async () => {
		const paths = ['/', '/requests', '/leads/aktify', '/leads/close', '/leads/autocalls'];
		const problems: string[] = [];
		for (const path of paths) problems.push(...(await problemsOf(page, sandboxUrl + path)));
		assert(problems.length === 0, problems.join('\n'));
	});

	await checks.check(
		'sandbox page: says that nothing listens, and how to change that',
		async () => {
			await page.goto(`${sandboxUrl}/leads/aktify`);
			await page.getByRole('button', { name: /^Replies STOP/ }).click();
			const result = await resultOf(page);
			assert(result.includes('none is set up'), result);
		},
	);

	await checks.check('sandbox page: a STOP starts a published workflow of n8n', async () => {
		await n8n.publish(OPT_OUT.id);
		await page.getByLabel('Production URL').fill(`${editorUrl}/webhook/${OPT_OUT.path}`);
		await page.getByRole('button', { name: 'Set webhook' }).click();
		await page.getByRole('button', { name: /^Replies STOP/ }).click();
		const result = await resultOf(page);
		assert(/lead\.carrier_optout_received.*200.*accepted/s.test(result), result);
		const { status } = await n8n.latestExecution(OPT_OUT.id);
		assert(status === 'success', `the execution is ${status}`);
		await n8n.unpublish(OPT_OUT.id);
		const [webhook] = world.aktify.webhooks.all;
		assert(webhook?.clientSecret === clientSecret, 'the webhook has another secret');
	});

	await checks.check(
		'sandbox page: starts and ends an outage, without a script or an error',
		async () => {
			await page.goto(sandboxUrl);
			await page.getByRole('button', { name: 'Down: Close' }).click();
			assert((await fetch(`${sandboxUrl}/close/me/`)).status === 503, 'Close is not down');
			await page.getByRole('button', { name: 'Down: Close', pressed: true }).click();
			assert((await fetch(`${sandboxUrl}/close/me/`)).status === 401, 'Close is still down');
			assert(errors.length === 0, errors.join('\n'));
		},
	);
	world.reset();
	await page.close();
}
