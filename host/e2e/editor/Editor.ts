/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- drives a browser and keeps its screenshots */
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium, type Locator, type Page } from 'playwright-core';
import { localLogin } from '../../n8n/restApi';
import { screenshotsFolder } from '../../paths';
import { onShutdown } from '../../process/shutdown';

const TIMEOUT_MS = 20_000;

const couldNotConnect = /couldn.t connect with these settings/i;

/** What the credential dialog says of a connection test. */
export interface ConnectionTest {
	succeeded: boolean;
	message: string;
}

/** n8n's editor in a headless Chromium, used as a person uses it. */
export class Editor {
	private shots = 0;

	private constructor(
		private readonly url: string,
		readonly page: Page,
	) {}

	static async open(url: string): Promise<Editor> {
		await rm(screenshotsFolder, { recursive: true, force: true });
		await mkdir(screenshotsFolder, { recursive: true });
		const browser = await chromium.launch({
			executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
			args: [
				'--headless',
				'--no-sandbox',
				'--disable-gpu',
				'--disable-quic',
				'--no-first-run',
				'--disable-background-networking',
				'--disable-component-update',
				'--disable-sync',
			],
		});
		onShutdown(async () => await browser.close());
		const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
		context.setDefaultTimeout(TIMEOUT_MS);
		return new Editor(url, await context.newPage());
	}

	/** n8n marks its elements for tests; those marks change less than its looks. */
	byTestId(testId: string): Locator {
		return this.page.locator(`[data-test-id="${testId}"]`);
	}

	async screenshot(name: string): Promise<void> {
		this.shots += 1;
		const number = String(this.shots).padStart(2, '0');
		await this.page.screenshot({ path: join(screenshotsFolder, `${number}-${name}.png`) });
	}

	/** The same in n8n's light and dark looks: it follows the system's. */
	async screenshotBoth(name: string): Promise<void> {
		await this.screenshot(name);
		await this.page.emulateMedia({ colorScheme: 'dark' });
		await this.page.waitForTimeout(300); // it fades
		await this.screenshot(`${name}-dark`);
		await this.page.emulateMedia({ colorScheme: 'light' });
		await this.page.waitForTimeout(300);
	}

	async signIn(): Promise<void> {
		await this.page.goto(`${this.url}/signin`);
		await this.page.getByLabel(/e-?mail/i).fill(localLogin.email);
		await this.page.getByLabel(/password/i).fill(localLogin.password);
		await this.screenshot('sign-in');
		await this.page.keyboard.press('Enter');
		await this.page.waitForURL(/\/home\//);
		await this.page.getByText('Push a CSV to every dialer').first().waitFor();
		await this.screenshot('workflows');
	}

	async openNewWorkflow(): Promise<void> {
		await this.page.goto(`${this.url}/workflow/new`);
		await this.byTestId('canvas-plus-button').waitFor();
	}

	/** Begins a workflow from the page that n8n opens with. */
	async createWorkflow(button: string): Promise<void> {
		await this.page.goto(`${this.url}/home/workflows`);
		await this.press(button);
		await this.byTestId('canvas-plus-button').waitFor();
	}

	/** Presses a button of the canvas by its words. */
	async press(button: string): Promise<void> {
		await this.page.getByRole('button', { name: button, exact: true }).last().click();
	}

	/** The workflow that is open. n8n saves a new one by itself. */
	get workflowId(): string {
		return /\/workflow\/(\w+)/.exec(this.page.url())?.[1] ?? '';
	}

	/** Opens a workflow and waits until all its nodes are drawn. */
	async openWorkflow(id: string, screenshotName: string): Promise<number> {
		await this.page.goto(`${this.url}/workflow/${id}`);
		await this.byTestId('canvas-node').first().waitFor();
		await this.page.waitForTimeout(1500); // the canvas zooms to fit
		await this.screenshot(screenshotName);
		return await this.byTestId('canvas-node').count();
	}

	async openLatestExecution(workflowId: string, screenshotName: string): Promise<string> {
		await this.page.goto(`${this.url}/workflow/${workflowId}/executions`);
		const details = this.page.locator('[data-test-id^="execution-preview-details"]').first();
		await details.waitFor();
		await this.page.waitForTimeout(2500); // the preview is a frame of its own
		await this.screenshot(screenshotName);
		return await details.innerText();
	}

	/** Opens the node panel, finds a node by typing its name, and hands back its actions. */
	async findActions(node: string): Promise<string[]> {
		const firstStep = this.byTestId('canvas-plus-button');
		const another = this.byTestId('node-creator-plus-button').first();
		await ((await firstStep.isVisible()) ? firstStep : another).click();
		await this.byTestId('node-creator-search-bar').fill(node);
		const found = this.byTestId('node-creator-item-name').getByText(node, { exact: true });
		await found.first().waitFor();
		await this.screenshot(`search-${node}`);
		await found.first().click();
		const heading = this.page.getByText(/^Actions \(\d+\)/);
		await heading.waitFor();
		await found.first().waitFor({ state: 'hidden' }); // one list slides out as the other slides in
		if ((await this.actionsShown()).length === 0) {
			await heading.click(); // for a first step the panel unfolds the triggers only
			await this.byTestId('node-creator-item-name')
				.getByText(/^(?!On )/)
				.first()
				.waitFor();
		}
		await this.screenshot(`actions-${node}`);
		return await this.actionsShown();
	}

	/** The actions in the open list, without the triggers that the panel proposes. */
	private async actionsShown(): Promise<string[]> {
		const names = await this.byTestId('node-creator-item-name').allInnerTexts();
		return names.map((name) => name.trim()).filter((name) => !name.startsWith('On '));
	}

	/** Clicks an action in the open node panel: the node is on the canvas and its fields are open. */
	async putOnCanvas(action: string): Promise<void> {
		await this.byTestId('node-creator-item-name')
			.getByText(action, { exact: true })
			.first()
			.click();
		await this.byTestId('ndv').waitFor();
		await this.byTestId('node-parameters').waitFor();
		await this.screenshot(`fields-${action.replaceAll(/\W+/g, '-')}`);
	}

	async closeFields(): Promise<void> {
		await this.byTestId('ndv-close-button').first().click();
		await this.byTestId('ndv').waitFor({ state: 'hidden' });
	}

	/** Lets n8n lay out the nodes, which it puts on top of each other, and takes a picture. */
	async tidyUp(screenshotName: string): Promise<void> {
		await this.byTestId('tidy-up-button').click();
		await this.byTestId('zoom-to-fit').click();
		await this.page.waitForTimeout(800); // it glides into place
		await this.screenshot(screenshotName);
	}

	/** The credential that the open node uses. */
	async selectedCredential(): Promise<string> {
		return await this.byTestId('node-credentials-select').locator('input').first().inputValue();
	}

	/** Opens the credential of the open node: n8n tests it at once. */
	async openCredential(screenshotName: string): Promise<ConnectionTest> {
		await this.byTestId('credential-edit-button').click();
		await this.byTestId('editCredential-modal').waitFor();
		return await this.connectionTest(screenshotName);
	}

	/** Begins a new credential from the open node. */
	async beginCredential(): Promise<void> {
		await this.byTestId('node-credentials-select').locator('input').first().click();
		await this.byTestId('node-credentials-select-item-new').click();
		await this.byTestId('editCredential-modal').waitFor();
	}

	/** Types into a field of the open credential. */
	async typeIntoCredential(field: string, value: string): Promise<void> {
		const input = this.byTestId(`parameter-input-${field}`).locator('input');
		await input.fill(value);
		// A new credential's default may come in between.
		if ((await input.inputValue()) !== value) await input.fill(value);
	}

	/** Saves a new credential: once it has been tested, the dialog closes by itself. */
	async saveNewCredential(): Promise<void> {
		await this.byTestId('credential-save-button').click();
		await this.byTestId('editCredential-modal').waitFor({ state: 'hidden' });
	}

	/** Types a secret into the open credential and saves, which tests it again. */
	async saveSecret(field: string, secret: string, screenshotName: string): Promise<ConnectionTest> {
		await this.typeIntoCredential(field, secret);
		const tested = this.page.waitForResponse((response) =>
			response.url().endsWith('/rest/credentials/test'),
		);
		await this.byTestId('credential-save-button').click();
		await tested;
		await this.page.waitForTimeout(500); // the dialog draws what it was told
		return await this.connectionTest(screenshotName);
	}

	private async connectionTest(screenshotName: string): Promise<ConnectionTest> {
		const dialog = this.byTestId('editCredential-modal');
		const success = dialog.getByText(/connection tested successfully/i);
		const failure = dialog.getByText(couldNotConnect);
		await success.or(failure).first().waitFor();
		const more = dialog.getByText('More details');
		if (await more.isVisible()) await more.click();
		await this.screenshot(screenshotName);
		const succeeded = await success.isVisible();
		const banner = succeeded
			? success
			: dialog.locator('.el-tag--danger').filter({ hasText: couldNotConnect });
		return { succeeded, message: (await banner.first().innerText()).trim() };
	}

	async closeCredential(): Promise<void> {
		await this.page.getByLabel('Close this dialog').last().click();
		await this.byTestId('editCredential-modal').waitFor({ state: 'hidden' });
	}

	/** Fills in a published form, sends it, and hands back what its last page says. */
	async sendForm(path: string, answers: Record<string, string>): Promise<string> {
		await this.page.goto(`${this.url}/form/${path}`);
		for (const [label, answer] of Object.entries(answers)) {
			await this.page.getByLabel(label).fill(answer);
		}
		await this.screenshot('form');
		await this.page.getByRole('button', { name: 'Submit' }).click();
		await this.page.getByText('Thank you').waitFor();
		await this.screenshot('form-sent');
		return await this.page.locator('body').innerText();
	}

	/** Takes a picture of a workflow's nodes and notes, without the editor around them. */
	async pictureOfCanvas(id: string, file: string): Promise<void> {
		await this.page.setViewportSize({ width: 1700, height: 1100 });
		await this.page.goto(`${this.url}/workflow/${id}`);
		await this.byTestId('canvas-node').first().waitFor();
		await this.byTestId('zoom-to-fit').click();
		await this.page.waitForTimeout(1500); // it glides into place
		await this.page.addStyleTag({
			content:
				'body * { visibility: hidden; } .vue-flow__viewport, .vue-flow__viewport * { visibility: visible; }',
		});
		const boxes = await Promise.all(
			(await this.page.locator('.vue-flow__node').all()).map(
				async (node) => await node.boundingBox(),
			),
		);
		const drawn = boxes.filter((box) => box !== null);
		const margin = 40;
		const namesBelow = 40;
		const x = Math.max(0, Math.min(...drawn.map((box) => box.x)) - margin);
		const y = Math.max(0, Math.min(...drawn.map((box) => box.y)) - margin);
		const right = Math.max(...drawn.map((box) => box.x + box.width)) + margin;
		const bottom = Math.max(...drawn.map((box) => box.y + box.height)) + margin + namesBelow;
		const width = Math.min(1440, right - x);
		await this.page.screenshot({ path: file, clip: { x, y, width, height: bottom - y } });
	}
}
