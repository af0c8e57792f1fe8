import { Checks } from './checks';
import { Editor } from './editor';
import { bringUp } from './quickStart';
import { closeEverything, runProgram } from './quitting';
import { checkEditor } from './testEditor';
import { checkExamples } from './testExamples';
import { checkNothingRuns, checkQuickStart } from './testQuickStart';

/** `npm run test:host`: the quick start as a user runs it, then n8n's editor as a user sees it. */
async function main(): Promise<number> {
	const checks = new Checks();
	await checkQuickStart(checks);

	const quickStart = await bringUp();
	const editor = await Editor.open(quickStart.editorUrl);
	await checks.check('editor: the owner signs in and sees the examples', async () => {
		await editor.signIn();
	});
	await checkExamples(checks, quickStart, editor);
	await checkEditor(checks, quickStart, editor);

	await closeEverything();
	await checkNothingRuns(checks, 'nothing is left running');
	return checks.conclude();
}

runProgram(main);
