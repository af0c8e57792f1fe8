import type { Editor } from '../editor';

/** The names that the open node panel offers for some typed words, best first. */
async function offeredFor(editor: Editor, words: string): Promise<string[]> {
	await editor.marked('node-creator-search-bar').fill(words);
	await editor.page.waitForTimeout(500); // it searches a moment after the last key
	const names = await editor.marked('node-creator-item-name').allInnerTexts();
	return names.map((name) => name.trim());
}

/** What the node panel finds for each of the words, typed one after the other. */
export async function searchFor(editor: Editor, words: string[]): Promise<Map<string, string[]>> {
	await editor.marked('canvas-plus-button').click();
	const found = new Map<string, string[]>();
	for (const word of words) found.set(word, await offeredFor(editor, word));
	return found;
}

/** Puts a node's action behind the last node of the canvas, by the plus sign at its output. */
export async function addBehind(editor: Editor, node: string, action: string): Promise<void> {
	await editor.marked('canvas-handle-plus').last().click();
	await offeredFor(editor, node);
	const names = editor.marked('node-creator-item-name');
	await names.getByText(node, { exact: true }).first().click();
	await names.getByText(action, { exact: true }).first().click();
	await editor.marked('node-parameters').waitFor();
}

/** Drags a node's action from the panel and drops it on the canvas; its fields open. */
export async function dragOntoCanvas(editor: Editor, node: string, action: string): Promise<void> {
	await editor.marked('node-creator-plus-button').first().click();
	await offeredFor(editor, node);
	const names = editor.marked('node-creator-item-name');
	await names.getByText(node, { exact: true }).first().click();
	await names
		.getByText(action, { exact: true })
		.first()
		.dragTo(editor.page.locator('.vue-flow__pane').first(), {
			targetPosition: { x: 600, y: 560 },
		});
	await editor.marked('node-parameters').waitFor();
}
