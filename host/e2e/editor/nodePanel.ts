import type { Editor } from './Editor';

/** The names that the open node panel offers for some typed words, best first. */
async function offeredFor(editor: Editor, words: string): Promise<string[]> {
	await editor.byTestId('node-creator-search-bar').fill(words);
	await editor.page.waitForTimeout(500); // it searches a moment after the last key
	const names = await editor.byTestId('node-creator-item-name').allInnerTexts();
	return names.map((name) => name.trim());
}

/** What the node panel finds for each of the words, typed one after the other. */
export async function searchFor(editor: Editor, words: string[]): Promise<Map<string, string[]>> {
	await editor.byTestId('canvas-plus-button').click();
	const found = new Map<string, string[]>();
	for (const word of words) found.set(word, await offeredFor(editor, word));
	return found;
}

/** Finds a node in the open node panel by typing its name, and takes one of its actions. */
async function takeAction(editor: Editor, node: string, action: string): Promise<void> {
	await offeredFor(editor, node);
	const names = editor.byTestId('node-creator-item-name');
	await names.getByText(node, { exact: true }).first().click();
	await names.getByText(action, { exact: true }).first().click();
	await editor.byTestId('node-parameters').waitFor();
}

/** Begins an empty workflow, whose button says such words, with an entry of the list that opens. */
export async function addFirstStep(editor: Editor, words: string, entry: string): Promise<void> {
	await editor.page.getByText(words, { exact: true }).waitFor();
	await editor.byTestId('canvas-plus-button').click();
	await editor.byTestId('node-creator-item-name').getByText(entry, { exact: true }).first().click();
	await editor.byTestId('node-parameters').waitFor();
}

/** Puts a node's action behind the last node of the canvas, by the plus sign at its output. */
export async function addBehind(editor: Editor, node: string, action: string): Promise<void> {
	await editor.byTestId('canvas-handle-plus').last().click();
	await takeAction(editor, node, action);
}

/** Puts a node's action behind a node that has one behind it already: the selected one gets it. */
export async function addBesides(
	editor: Editor,
	behind: string,
	node: string,
	action: string,
): Promise<void> {
	await editor.byTestId('zoom-to-fit').click();
	await editor.page.waitForTimeout(500); // it glides into place
	await editor.byTestId('canvas-node').filter({ hasText: behind }).first().click();
	await editor.byTestId('node-creator-plus-button').first().click();
	await takeAction(editor, node, action);
}

/** Drags a node's action from the panel and drops it on the canvas; its fields open. */
export async function dragOntoCanvas(editor: Editor, node: string, action: string): Promise<void> {
	await editor.byTestId('node-creator-plus-button').first().click();
	await offeredFor(editor, node);
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
