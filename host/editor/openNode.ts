/* eslint-disable @n8n/community-nodes/no-restricted-imports -- drives a browser */
import type { Locator } from 'playwright-core';
import type { Editor } from '../editor';

/** The node whose fields are open, between its input and its output, used as a person uses it. */
export class OpenNode {
	constructor(private readonly editor: Editor) {}

	private get fields(): Locator {
		return this.editor.marked('node-parameters').first();
	}

	private get output(): Locator {
		return this.editor.marked('ndv-output-panel').or(this.editor.marked('output-panel')).first();
	}

	private field(name: string): Locator {
		return this.editor.marked(`parameter-input-${name}`).first();
	}

	/** What stands among the fields: their names, and the texts of the boxes. */
	async text(): Promise<string> {
		return await this.fields.innerText();
	}

	/** Opens a From List field, types into its search, and chooses; hands back what was offered. */
	async pickFromList(field: string, typed: string, choice: string): Promise<string[]> {
		const { editor } = this;
		await editor.marked(`resource-locator-${field}`).locator('input').last().click();
		const items = editor.marked('rlc-item');
		await items.first().waitFor();
		await editor.marked('rlc-search').fill(typed);
		const others = items.filter({ hasNotText: new RegExp(typed, 'i') });
		await others.first().waitFor({ state: 'detached' });
		await editor.screenshotBoth(`list-${field}`);
		const offered = await items.allInnerTexts();
		await items.filter({ hasText: choice }).first().click();
		return offered.map((name) => name.trim());
	}

	/** What a From List field shows as chosen. */
	async picked(field: string): Promise<string> {
		return await this.editor
			.marked(`resource-locator-${field}`)
			.locator('input')
			.last()
			.inputValue();
	}

	/** Runs what is before the node, so that its input can be seen. */
	async fetchInput(): Promise<void> {
		await this.editor.page.getByText('Execute previous nodes').click();
		await this.editor.marked('run-data-schema-item').first().waitFor();
	}

	/** Drags a column of the input onto a field; hands back the expression that this makes. */
	async dragColumn(column: string, field: string): Promise<string> {
		const { page } = this.editor;
		const pill = this.editor
			.marked('run-data-schema-item')
			.locator('[data-target="mappable"]')
			.getByText(column, { exact: true })
			.first();
		const from = await pill.boundingBox();
		const to = await this.field(field).boundingBox();
		if (from === null || to === null) throw new Error(`${column} or ${field} is not to be seen`);
		await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
		await page.mouse.down();
		await page.mouse.move(to.x + to.width / 3, to.y + to.height / 2, { steps: 15 });
		await page.mouse.up();
		const expression = this.field(field).locator('.cm-content');
		await expression.filter({ hasText: '}}' }).waitFor();
		return (await expression.innerText()).trim();
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

	/** Chooses, on the tab Settings, what happens to an item that goes wrong. */
	async setOnError(option: string): Promise<void> {
		await this.editor.marked('tab-settings').click();
		await this.choose('onError', option);
		await this.editor.screenshot('on-error');
		await this.editor.marked('tab-params').click();
	}

	/** Adds a field of n8n's resource mapper by its name, and types a value into it. */
	async addMappedField(name: string, value: string): Promise<void> {
		const { editor } = this;
		await editor.marked('add-fields-select').click();
		await editor.page.getByRole('menuitem', { name }).click();
		// The schema's IDs name the inputs; Close's custom fields begin with cf_.
		await this.fields.locator('[data-test-id^="parameter-input-cf_"] input').last().fill(value);
	}

	/** Runs this step, waits until its output says something, and hands back all of the output. */
	async execute(expected: RegExp): Promise<string> {
		await this.editor.marked('node-execute-button').click();
		await this.output.getByText(expected).first().waitFor();
		return await this.output.innerText();
	}

	/** Shows the items of a branch of the output as a table; hands back its text, header first. */
	async table(branch: RegExp): Promise<string> {
		await this.output.getByText(branch).first().click();
		await this.output.locator('[data-test-id="radio-button-table"]').click();
		const table = this.output.locator('[data-test-id="ndv-data-container"] table');
		await table.waitFor();
		return await table.innerText();
	}
}
