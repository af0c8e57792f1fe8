/* eslint-disable @n8n/community-nodes/no-restricted-imports -- drives a browser */
import type { Locator } from 'playwright-core';
import type { Editor } from './Editor';

/** Close needs about 12 s for the demo leads, and several times as long on a busy machine. */
const EXECUTION_TIMEOUT_MS = 90_000;

/** The node whose fields are open, with its input and output panels, used as a user does. */
export class OpenNode {
	constructor(private readonly editor: Editor) {}

	private get fields(): Locator {
		return this.editor.byTestId('node-parameters').first();
	}

	private get output(): Locator {
		return this.editor
			.byTestId('ndv-output-panel')
			.or(this.editor.byTestId('output-panel'))
			.first();
	}

	/** A field by its parameter name or by its label. */
	private field(name: string): Locator {
		const { editor } = this;
		const labelled = editor
			.byTestId('input-label')
			.filter({ has: editor.page.getByText(name, { exact: true }) })
			.locator('[data-test-id^="parameter-input-"]');
		return editor.byTestId(`parameter-input-${name}`).or(labelled).first();
	}

	/** Opens the fields of a node on the canvas. */
	async open(name: string): Promise<void> {
		const { editor } = this;
		await editor.byTestId('canvas-node').filter({ hasText: name }).first().dblclick();
		await this.fields.waitFor();
	}

	/** The text of all fields. */
	async text(): Promise<string> {
		return await this.fields.innerText();
	}

	/** Opens a From List field and searches; the list shows the choice. */
	async searchList(field: string, search: string, choice: string): Promise<Locator> {
		const { editor } = this;
		await editor.byTestId(`resource-locator-${field}`).locator('input').last().click();
		const items = editor.byTestId('rlc-item');
		await items.first().waitFor();
		await editor.byTestId('rlc-search').fill(search);
		const otherItems = items.filter({ hasNotText: new RegExp(search, 'i') });
		await otherItems.first().waitFor({ state: 'detached' });
		// While n8n loads the result, the list is empty.
		await items.filter({ hasText: choice }).first().waitFor();
		return items;
	}

	/** Opens a From List field, searches and chooses; returns the names that were listed. */
	async pickFromList(field: string, search: string, choice: string): Promise<string[]> {
		const items = await this.searchList(field, search, choice);
		await this.editor.screenshotBoth(`list-${field}`);
		const names = await items.allInnerTexts();
		await items.filter({ hasText: choice }).first().click();
		return names.map((name) => name.trim());
	}

	/** The text of the choice in a From List field. */
	async picked(field: string): Promise<string> {
		return await this.editor
			.byTestId(`resource-locator-${field}`)
			.locator('input')
			.last()
			.inputValue();
	}

	/** Executes the previous nodes, so that the input panel shows their output. */
	async fetchInput(): Promise<void> {
		await this.editor.page.getByText('Execute previous nodes').click();
		await this.editor.byTestId('run-data-schema-item').first().waitFor();
	}

	/** Drags a column of the input onto a field; returns the expression that n8n writes. */
	async dragColumn(column: string, field: string): Promise<string> {
		const { page } = this.editor;
		const pill = this.editor
			.byTestId('run-data-schema-item')
			.locator('[data-target="mappable"]')
			.getByText(column, { exact: true })
			.first();
		await pill.hover();
		await page.mouse.down();
		// The focused field closes its preview, which moves the fields below it.
		await page.mouse.move(400, 400, { steps: 5 });
		const to = await this.field(field).boundingBox();
		if (to === null) throw new Error(`${field} is not visible`);
		await page.mouse.move(to.x + to.width / 3, to.y + to.height / 2, { steps: 15 });
		await page.mouse.up();
		return await this.expressionIn(field);
	}

	/** Pastes a text into a field; returns the expression that n8n recognizes. */
	async paste(field: string, text: string): Promise<string> {
		const { page } = this.editor;
		await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
		await page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(text)})`);
		await this.field(field).locator('input').first().click();
		await page.keyboard.press('ControlOrMeta+V');
		return await this.expressionIn(field);
	}

	private async expressionIn(field: string): Promise<string> {
		const expression = this.field(field).locator('.cm-content');
		await expression.filter({ hasText: '}}' }).waitFor();
		return (await expression.innerText()).trim();
	}

	/** Fills in a field. */
	async type(field: string, text: string): Promise<void> {
		await this.field(field).locator('input').last().fill(text);
	}

	/** Clicks a button by its text. */
	async press(button: string): Promise<void> {
		await this.editor
			.byTestId('ndv')
			.getByRole('button', { name: button, exact: true })
			.first()
			.click();
	}

	/** Opens one of the tabs above the fields. */
	async openTab(name: string): Promise<void> {
		await this.editor
			.byTestId('ndv')
			.locator('[data-test-id^="tab-"]')
			.getByText(name, { exact: true })
			.click();
	}

	/** Adds a field to a collection, such as an option: its button opens a list. */
	async addFromList(button: string, field: string): Promise<void> {
		await this.fields.getByPlaceholder(button, { exact: true }).click();
		await this.editor.page
			.locator('.el-select-dropdown__item:visible')
			.getByText(field, { exact: true })
			.click();
	}

	/** Toggles a switch. */
	async toggle(field: string): Promise<void> {
		await this.field(field).locator('.el-switch').click();
	}

	/** Chooses an option of a drop-down field by its name. */
	async choose(field: string, option: string): Promise<void> {
		await this.field(field).locator('input').first().click();
		await this.editor.page
			.locator('.el-select-dropdown__item:visible')
			.filter({ hasText: option })
			.first()
			.click();
	}

	/** Chooses On Error on the Settings tab. */
	async setOnError(option: string): Promise<void> {
		await this.editor.byTestId('tab-settings').click();
		await this.choose('onError', option);
		await this.editor.screenshot('on-error');
		await this.editor.byTestId('tab-params').click();
	}

	/** Adds a field of n8n's resource mapper by its name, and fills it in. */
	async addMappedField(name: string, value: string): Promise<void> {
		const { editor } = this;
		await editor.byTestId('add-fields-select').click();
		await editor.page.getByRole('menuitem', { name }).click();
		// The inputs are named by the IDs of the schema; Close's custom fields begin with cf_.
		await this.fields.locator('[data-test-id^="parameter-input-cf_"] input').last().fill(value);
	}

	/** Executes the node, waits until its output contains a text, and returns all of the output. */
	async execute(expected: RegExp): Promise<string> {
		await this.editor.byTestId('node-execute-button').click();
		return await this.waitForOutput(expected);
	}

	/** Waits until the output contains a text, and returns all of it. */
	async waitForOutput(expected: RegExp): Promise<string> {
		await this.output.getByText(expected).first().waitFor({ timeout: EXECUTION_TIMEOUT_MS });
		return await this.output.innerText();
	}

	/** Calls `openForm`, which opens a form in a new tab, and submits a file in it. */
	async sendFile(
		openForm: () => Promise<void>,
		file: Parameters<Locator['setInputFiles']>[0],
		button: string,
	): Promise<void> {
		const opened = this.editor.page.waitForEvent('popup');
		await openForm();
		const form = await opened;
		await form.locator('input[type="file"]').setInputFiles(file);
		await form.getByRole('button', { name: button }).click();
		await form.getByText('Your response has been recorded').waitFor();
		await form.close();
	}

	/** Shows a branch of the output in one of n8n's views. */
	async show(branch: string, view: 'Schema' | 'Table' | 'JSON'): Promise<void> {
		await this.output.getByText(branch).first().click();
		await this.output.locator(`[data-test-id="radio-button-${view.toLowerCase()}"]`).click();
	}

	/** Shows a branch of the output as a table and returns its text, header first. */
	async table(branch: string): Promise<string> {
		await this.show(branch, 'Table');
		const table = this.output.locator('[data-test-id="ndv-data-container"] table');
		await table.waitFor();
		return await table.innerText();
	}
}
