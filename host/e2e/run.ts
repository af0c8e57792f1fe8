/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a command-line program: it reads its arguments */
import { parseArgs } from 'node:util';
import { CheckRunner } from './checks';
import { Editor } from './editor/Editor';
import { checkExamples } from './examples/run';
import { startEnvironment, type QuickStart } from '../quickstart/environment';
import { SetupError, closeEverything, runProgram } from '../process/shutdown';
import { checkEditor } from './editor/nodeForms';
import { checkEditorStory } from './editor/firstWorkflow';
import { checkModel } from './mcp/mcpTools';
import { checkNothingRuns, checkQuickStart } from './quickstart';
import { checkPictures } from './pictures/take';
import { checkSandboxPage } from './sandboxPage';
import { checkReadme } from './readme';
import { checkScheduler } from './triggers/scheduler';
import { checkCrashes, CRASH_SETTINGS } from './triggers/crashes';
import { checkTriggers } from './triggers/run';

const PARTS = [
	'quickStart',
	'page',
	'editor',
	'examples',
	'readme',
	'pictures',
	'model',
	'triggers',
	'crashes',
];
/** The parts that take an hour: they run by `--only`. */
const SLOW_PARTS = ['scheduler', 'durableCursors'];
/** The parts that use n8n's editor. */
const EDITOR_PARTS = ['page', 'editor', 'examples', 'readme', 'pictures'];
/** n8n handles about seven events a second on one core: `--burst 10000` takes half an hour. */
const DEFAULT_BURST = 500;
/** One of each kind. */
const DEFAULT_KILLS = 4;

interface Arguments {
	runs: (part: string) => boolean;
	burst: number;
	kills: number;
	seed: number;
	/** Whether the pictures of the docs are replaced. */
	savePictures: boolean;
}

/**
 * `--only triggers` runs one part; `--burst` is the number of events sent at once, `--kills` how often n8n is killed,
 * and `--seed` draws when. `--save-pictures` replaces the pictures in docs/images.
 */
function readArguments(): Arguments {
	const { values } = parseArgs({
		options: {
			only: { type: 'string' },
			burst: { type: 'string' },
			kills: { type: 'string' },
			seed: { type: 'string' },
			'save-pictures': { type: 'boolean', default: false },
		},
	});
	const { only, burst = DEFAULT_BURST, kills = DEFAULT_KILLS, seed = 1 } = values;
	const parts = [...PARTS, ...SLOW_PARTS];
	if (only !== undefined && !parts.includes(only)) {
		throw new SetupError(`--only must be one of ${parts.join(', ')}.`);
	}
	return {
		runs: (part) => (only === undefined ? PARTS.includes(part) : only === part),
		burst: Number(burst),
		kills: Number(kills),
		seed: Number(seed),
		savePictures: values['save-pictures'],
	};
}

async function checkAsUser(
	checks: CheckRunner,
	quickStart: QuickStart,
	{ runs, savePictures }: Arguments,
): Promise<void> {
	const editor = await Editor.open(quickStart.editorUrl);
	await checks.check('editor: the owner signs in and sees the examples', async () => {
		await editor.signIn();
	});
	if (runs('page')) await checkSandboxPage(checks, quickStart, editor);
	if (runs('examples')) await checkExamples(checks, quickStart, editor);
	if (runs('editor')) {
		await checkEditor(checks, quickStart, editor);
		await checkEditorStory(checks, quickStart, editor);
	}
	if (runs('readme')) await checkReadme(checks, editor, quickStart);
	if (runs('pictures')) await checkPictures(checks, quickStart, editor, savePictures);
}

/**
 * `npm run test:host`: end-to-end tests of the quick start, of the nodes in n8n's editor, of the
 * nodes as tools of an AI model, and of the triggers in a running n8n.
 */
async function main(): Promise<number> {
	const given = readArguments();
	const { runs, burst } = given;
	const checks = new CheckRunner();
	if (runs('quickStart')) await checkQuickStart(checks);

	if ([...EDITOR_PARTS, 'model', 'triggers', 'crashes'].some(runs)) {
		const quickStart = await startEnvironment({ settings: CRASH_SETTINGS });
		if (EDITOR_PARTS.some(runs)) await checkAsUser(checks, quickStart, given);
		if (runs('model')) await checkModel(checks, quickStart);
		if (runs('triggers')) await checkTriggers(checks, quickStart, burst);
		if (runs('crashes')) {
			await checkCrashes(checks, quickStart, given);
		}
	}

	for (const part of SLOW_PARTS) {
		if (runs(part)) await checkScheduler(checks, given, part === 'durableCursors');
	}

	await closeEverything();
	await checkNothingRuns(checks, 'no n8n process is left running');
	return checks.finish();
}

runProgram(main);
