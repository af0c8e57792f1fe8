import type { Editor } from './Editor';

/** The names that the open node panel lists for a search text, best match first. */
async function searchOpenPanel(editor: Editor, text: string): Promise<string[]> {
	await editor.byTestId('node-creator-search-bar').fill(text);
	await editor.page.waitForTimeout(500); // the search starts shortly after the last key
	const names = await editor.byTestId('node-creator-item-name').allInnerTexts();
	return names.map((name) => name.trim());
}

/** The names that the node panel lists for each search text. */
export async function searchNodePanel(
	editor: Editor,
	texts: string[],
): Promise<Map<string, string[]>> {
	await editor.byTestId('canvas-plus-button').click();
	const found = new Map<string, string[]>();
	for (const text of texts) found.set(text, await searchOpenPanel(editor, text));
	return found;
}

/** Searches a node in the open node panel by its name and clicks one of its actions. */
async function clickAction(editor: Editor, node: string, action: string): Promise<void> {
	await searchOpenPanel(editor, node);
	const names = editor.byTestId('node-creator-item-name');
	await names.getByText(node, { exact: true }).first().click();
	await names.getByText(action, { exact: true }).first().click();
	await editor.byTestId('node-parameters').waitFor();
}

/** Adds the first node: clicks the button with this text, then an entry of the list. */
export async function addFirstStep(editor: Editor, button: string, entry: string): Promise<void> {
	await editor.page.getByText(button, { exact: true }).waitFor();
	await editor.byTestId('canvas-plus-button').click();
	await editor.byTestId('node-creator-item-name').getByText(entry, { exact: true }).first().click();
	await editor.byTestId('node-parameters').waitFor();
}

/** Adds a node's action after the last node of the canvas, by the plus sign at its output. */
export async function appendNode(editor: Editor, node: string, action: string): Promise<void> {
	await editor.byTestId('canvas-handle-plus').last().click();
	await clickAction(editor, node, action);
}

/** Adds a node's action as another branch: n8n connects it to the selected node. */
export async function addBranch(
	editor: Editor,
	after: string,
	node: string,
	action: string,
): Promise<void> {
	await editor.byTestId('zoom-to-fit').click();
	await editor.page.waitForTimeout(500); // the canvas animates
	await editor.byTestId('canvas-node').filter({ hasText: after }).first().click();
	await editor.byTestId('node-creator-plus-button').first().click();
	await clickAction(editor, node, action);
}

/** Drags a node's action from the panel and drops it on the canvas; its fields open. */
export async function dragOntoCanvas(editor: Editor, node: string, action: string): Promise<void> {
	await editor.byTestId('node-creator-plus-button').first().click();
	await searchOpenPanel(editor, node);
	const names = editor.byTestId('node-creator-item-name');
	await names.getByText(node, { exact: true }).first().click();
	await names
		.getByText(action, { exact: true })
		.first()
		.dragTo(editor.page.locator('.vue-flow__pane').first(), {
			targetPosition: { x: 600, y: 560 },
		});
	await editor.byTestId('node-parameters').waitFor();
}
