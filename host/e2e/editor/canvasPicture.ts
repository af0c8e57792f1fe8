import type { Editor } from './Editor';

/** In pixels; a node's name stands below its box. */
const MARGIN = 40;
const NAME_HEIGHT = 40;
/** Wide enough for the longest example. */
const WINDOW = { width: 1700, height: 1100 };

/** Writes a picture of a workflow's nodes and notes, without the editor around them, to a file. */
export async function takeCanvasPicture(editor: Editor, id: string, file: string): Promise<void> {
	const { page } = editor;
	await page.setViewportSize(WINDOW);
	await page.goto(`${editor.url}/workflow/${id}`);
	await editor.byTestId('canvas-node').first().waitFor();
	await editor.byTestId('zoom-to-fit').click();
	await page.waitForTimeout(1500); // the canvas animates
	await page.addStyleTag({
		content:
			'body * { visibility: hidden; } .vue-flow__viewport, .vue-flow__viewport * { visibility: visible; }',
	});
	const boxes = await Promise.all(
		(await page.locator('.vue-flow__node').all()).map(async (node) => await node.boundingBox()),
	);
	const drawn = boxes.filter((box) => box !== null);
	const x = Math.max(0, Math.min(...drawn.map((box) => box.x)) - MARGIN);
	const y = Math.max(0, Math.min(...drawn.map((box) => box.y)) - MARGIN);
	const right = Math.max(...drawn.map((box) => box.x + box.width)) + MARGIN;
	const bottom = Math.max(...drawn.map((box) => box.y + box.height)) + MARGIN + NAME_HEIGHT;
	const width = Math.min(WINDOW.width - x, right - x);
	await page.screenshot({ path: file, clip: { x, y, width, height: bottom - y } });
}
