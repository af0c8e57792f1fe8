/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a command-line program: it finds the examples and writes files */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { takeCanvasPicture } from '../editor/canvasPicture';
import { Editor } from '../editor/Editor';
import { PROJECT_ROOT, WORKFLOWS_FOLDER } from '../../paths';
import { startEnvironment } from '../../quickstart/environment';
import { runProgram } from '../../process/shutdown';
import { log } from '../../process/log';
import { workflowOf } from './run';

/** `npx tsx host/e2e/examples/takePictures.ts` takes the pictures in docs/images/examples. */
async function main(): Promise<number> {
	const { editorUrl } = await startEnvironment();
	const editor = await Editor.open(editorUrl);
	await editor.signIn();
	for (const name of readdirSync(WORKFLOWS_FOLDER).filter((entry) => entry.endsWith('.json'))) {
		const file = name.slice(0, -'.json'.length);
		const picture = join(PROJECT_ROOT, 'docs', 'images', 'examples', `${file}.png`);
		await takeCanvasPicture(editor, workflowOf(file).id, picture);
		log(`${file}.png`);
	}
	return 0;
}

runProgram(main);
