/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- drives a browser and writes screenshots */
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium, type Locator, type Page } from 'playwright-core';
import { LOCAL_LOGIN } from '../../n8n/restApi';
import { SCREENSHOTS_FOLDER } from '../../paths';
import { onShutdown } from '../../process/shutdown';

const TIMEOUT_MS = 20_000;

/** n8n's editor in a headless Chromium, used as a user does. */
export class Editor {
	private shots = 0;

	private constructor(
		readonly url: string,
		readonly page: Page,
	) {}

	static async open(url: string): Promise<Editor> {
		await rm(SCREENSHOTS_FOLDER, { recursive: true, force: true });
		await mkdir(SCREENSHOTS_FOLDER, { recursive: true });
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

	/** Finds elements by n8n's test IDs, which change less than texts and styles. */
	byTestId(testId: string): Locator {
		return this.page.locator(`[data-test-id="${testId}"]`);
	}

	async screenshot(name: string): Promise<void> {
		this.shots += 1;
		const number = String(this.shots).padStart(2, '0');
		await this.page.screenshot({ path: join(SCREENSHOTS_FOLDER, `${number}-${name}.png`) });
	}

	/** Takes screenshots in n8n's light and dark theme: it follows the system's. */
	async screenshotBoth(name: string): Promise<void> {
		await this.screenshot(name);
		await this.page.emulateMedia({ colorScheme: 'dark' });
		await this.page.waitForTimeout(300); // the theme fades in
		await this.screenshot(`${name}-dark`);
		await this.page.emulateMedia({ colorScheme: 'light' });
		await this.page.waitForTimeout(300);
	}

	async signIn(): Promise<void> {
		await this.page.goto(`${this.url}/signin`);
		await this.page.getByLabel(/e-?mail/i).fill(LOCAL_LOGIN.email);
		await this.page.getByLabel(/password/i).fill(LOCAL_LOGIN.password);
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

	/** Creates a workflow from n8n's start page. */
	async createWorkflow(button: string): Promise<void> {
		await this.page.goto(`${this.url}/home/workflows`);
		await this.press(button);
		await this.byTestId('canvas-plus-button').waitFor();
	}

	/** Clicks a button of the canvas by its text. */
	async press(button: string): Promise<void> {
		await this.page.getByRole('button', { name: button, exact: true }).last().click();
	}

	/** The ID of the open workflow. n8n saves a new one by itself. */
	get workflowId(): string {
		return /\/workflow\/(\w+)/.exec(this.page.url())?.[1] ?? '';
	}

	/** Opens a workflow and returns the number of nodes on the canvas. */
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
		await this.page.waitForTimeout(2500); // the preview is a separate frame
		await this.screenshot(screenshotName);
		return await details.innerText();
	}

	/** Opens the node panel, searches a node by its name, and returns its actions. */
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
		await found.first().waitFor({ state: 'hidden' }); // the lists are exchanged with an animation
		if ((await this.actionsShown()).length === 0) {
			await heading.click(); // for a first step the panel expands the triggers only
			await this.byTestId('node-creator-item-name')
				.getByText(/^(?!On )/)
				.first()
				.waitFor();
		}
		await this.screenshot(`actions-${node}`);
		return await this.actionsShown();
	}

	/** The actions in the open list, without the triggers that the panel suggests. */
	private async actionsShown(): Promise<string[]> {
		const names = await this.byTestId('node-creator-item-name').allInnerTexts();
		return names.map((name) => name.trim()).filter((name) => !name.startsWith('On '));
	}

	/** Clicks an action in the open node panel, which adds the node and opens its fields. */
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

	/** Uses n8n's Tidy Up, as new nodes overlap each other, and takes a screenshot. */
	async tidyUp(screenshotName: string): Promise<void> {
		await this.byTestId('tidy-up-button').click();
		await this.byTestId('zoom-to-fit').click();
		await this.page.waitForTimeout(800); // the canvas animates
		await this.screenshot(screenshotName);
	}

	/** Fills in and submits a published form, and returns the text of its last page. */
	async sendForm(path: string, answers: Record<string, string>): Promise<string> {
		await this.page.goto(`${this.url}/form/${path}`);
		for (const [label, answer] of Object.entries(answers)) {
			await this.page.getByLabel(label).fill(answer);
		}
		await this.screenshot('form');
		await this.page.getByRole('button', { name: 'Submit' }).click();
		await this.page
			.getByText(/Thank you|We could not take your number/)
			.first()
			.waitFor();
		await this.screenshot('form-sent');
		return await this.page.locator('body').innerText();
	}
}
