import type { Editor } from './Editor';

const COULD_NOT_CONNECT = /couldn.t connect with these settings/i;

/** The result of a connection test in the credential dialog. */
export interface ConnectionTest {
	succeeded: boolean;
	message: string;
}

/** The credential of the node whose fields are open, and its dialog. */
export class CredentialDialog {
	constructor(private readonly editor: Editor) {}

	/** The name of the credential that the open node uses. */
	async selected(): Promise<string> {
		return await this.editor
			.byTestId('node-credentials-select')
			.locator('input')
			.first()
			.inputValue();
	}

	/** Opens the credential of the open node, which n8n then tests. */
	async open(screenshotName: string): Promise<ConnectionTest> {
		await this.editor.byTestId('credential-edit-button').click();
		await this.editor.byTestId('editCredential-modal').waitFor();
		return await this.connectionTest(screenshotName);
	}

	/** Opens the dialog for a new credential from the open node. */
	async openNew(): Promise<void> {
		await this.editor.byTestId('node-credentials-select').locator('input').first().click();
		await this.editor.byTestId('node-credentials-select-item-new').click();
		await this.editor.byTestId('editCredential-modal').waitFor();
	}

	/** Fills in a field of the open credential. */
	async type(field: string, value: string): Promise<void> {
		const input = this.editor.byTestId(`parameter-input-${field}`).locator('input');
		await input.fill(value);
		// A new credential's default value may have been set after the text.
		if ((await input.inputValue()) !== value) await input.fill(value);
	}

	/** Saves a new credential: after the connection test the dialog closes by itself. */
	async saveNew(): Promise<void> {
		await this.editor.byTestId('credential-save-button').click();
		await this.editor.byTestId('editCredential-modal').waitFor({ state: 'hidden' });
	}

	/** Fills in a secret of the open credential and saves it, which tests it again. */
	async saveSecret(field: string, secret: string, screenshotName: string): Promise<ConnectionTest> {
		await this.type(field, secret);
		const tested = this.editor.page.waitForResponse((response) =>
			response.url().endsWith('/rest/credentials/test'),
		);
		await this.editor.byTestId('credential-save-button').click();
		await tested;
		await this.editor.page.waitForTimeout(500); // the dialog shows the result
		return await this.connectionTest(screenshotName);
	}

	private async connectionTest(screenshotName: string): Promise<ConnectionTest> {
		const dialog = this.editor.byTestId('editCredential-modal');
		const success = dialog.getByText(/connection tested successfully/i);
		const failure = dialog.getByText(COULD_NOT_CONNECT);
		await success.or(failure).first().waitFor();
		const more = dialog.getByText('More details');
		if (await more.isVisible()) await more.click();
		await this.editor.screenshot(screenshotName);
		const succeeded = await success.isVisible();
		const banner = succeeded
			? success
			: dialog.locator('.el-tag--danger').filter({ hasText: COULD_NOT_CONNECT });
		return { succeeded, message: (await banner.first().innerText()).trim() };
	}

	async close(): Promise<void> {
		await this.editor.page.getByLabel('Close this dialog').last().click();
		await this.editor.byTestId('editCredential-modal').waitFor({ state: 'hidden' });
	}
}
