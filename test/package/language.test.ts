import { projectFiles, textOfPage } from './docs';
import { findDialect, findDialectInTitles, titlesOf, toText } from './language';
import type { Finding } from './language';

/** Everything that people read; of tests, only the titles. */
const READ = /^(?:nodes|credentials|docs|sandbox|host|bench|workflows|\.github)\/|^[A-Z]+\.md$/;
const TEXT = /\.(?:ts|mjs|js|json|md|yml|svg)$/;
/** Not written by this project, or written by a program. */
const FOREIGN =
	/package(?:-lock)?\.json$|^bench\/report\/results\.json$|^THIRD_PARTY_NOTICES\.md$|^docs\/images\//;

/** Lines that have to stay as they are. */
const ALLOWED: Array<{ file: string; word: string; why: string }> = [
	{
		file: 'nodes/Autocalls/trigger/state.ts',
		word: 'told',
		why: 'a stored key, see contract.json',
	},
	{ file: 'docs/vendors.md', word: 'go by', why: 'the head of its tables' },
];

const isAllowed = ({ file, word }: Finding) =>
	ALLOWED.some((allowed) => allowed.file === file && allowed.word === word);

const files = projectFiles.filter(
	(file) => READ.test(file) && TEXT.test(file) && !FOREIGN.test(file),
);
const tests = projectFiles.filter((file) => /^test\/.*\.test\.ts$/.test(file));

describe('plain American technical English', () => {
	it('in code, comments, panels and docs', () => {
		const findings = files.flatMap((file) => findDialect(file, textOfPage(file)));
		expect(findings.filter((finding) => !isAllowed(finding)).map(toText)).toEqual([]);
	});

	it('in test names', () => {
		const findings = tests.flatMap((file) => findDialectInTitles(file, textOfPage(file)));
		expect(findings.map(toText)).toEqual([]);
	});

	it('has no exception that is no longer needed', () => {
		const needed = ALLOWED.filter(({ file, word }) =>
			findDialect(file, textOfPage(file)).some((finding) => finding.word === word),
		);
		expect(needed).toEqual(ALLOWED);
	});
});

describe('this gate', () => {
	const wordsIn = (text: string, file = 'a.ts') => findDialect(file, text).map(({ word }) => word);

	it.each([
		['// What is told of the items', ['told']],
		['const toldWaitMs = 3;', ['told']],
		['let WAS_TOLD = true;', ['TOLD']],
		['/** Whether the vendor or nobody has it. */', ['nobody']],
		['// an error object would be dear', ['dear']],
		['for (const parcel of parcels)', ['parcel']],
		['isHollow', ['Hollow']],
		['on `every` so-manyeth request', ['manyeth']],
		['// Takes down that it is on its way', ['Takes down']],
		['rows that were mended', ['mended']],
		["import { a } from './kept';", ['kept']],
		['known by the mark', ['the mark']],
		['markOf(event)', ['mark Of']],
		['sends them in rounds', ['rounds']],
		['waits for the next round', ['round']],
		['The news that start the workflow', ['news']],
		['the vendor has taken it', ['taken']],
		['says so in words', ['in words']],
		['the token goes by header', ['goes by']],
		['lookAfter(subscription)', ['look After']],
		['as they come in life', ['in life']],
		['autocallsDoor', ['Door']],
		['handOver(items)', ['hand Over']],
		['walks through the list', ['walks']],
		['what became of it', ['became of']],
		['an item that stands for itself', ['stands for itself']],
		['(seed 001)', ['seed 001']],
		['(seeds 000 and 001)', ['seeds 000']],
		['const mostTries = 5;', ['mostTries']],
		['const usuallyPolled = 5;', ['usuallyPolled']],
		['/** So many leads at once. */', ['/** So many']],
		["displayName: 'Time-Out'", ['Time-Out']],
		['the behaviour of n8n', ['behaviour']],
	])('finds the dialect in %p', (text, words) => {
		expect(wordsIn(text)).toEqual(words);
	});

	it.each([
		'// Marks the event as pending',
		'markInFlight(job)',
		"typeOptions: { editor: 'markdown' }",
		'excludes the byte order mark',
		'minRoundTripMs',
		'Math.round(share)',
		'rounds up to whole seconds',
		'stroke-linejoin="round"',
		'keep-alive',
		'keeps retrying for 300 seconds',
		'the phone has already been taken',
		'const password = words.length;',
		'Consecutive words of the lead name',
		'walkStrings(body)',
		'leastRecentlyUsed',
		'mostRecentEvent',
		'almostDone',
		'a timeout of 30 seconds',
		'giveUpAfter',
		'phoneCheck',
		'n8n activates the workflow again',
	])('lets %p pass', (text) => {
		expect(wordsIn(text)).toEqual([]);
	});

	it('has publish and unpublish in prose, where n8n has a button of that name', () => {
		expect(wordsIn('Activate the workflow', 'docs/a.md')).toEqual(['Activate']);
	});

	it('reads titles with each, templates and modifiers', () => {
		const text = [
			"describe.each(pages)('%s', () => {",
			"\tit.skip('one', () => { const told = 1; });",
			'\tit.each`a`(`two ${told}`, () => {});',
			'});',
		].join('\n');
		expect(titlesOf('a.test.ts', text)).toEqual([
			{ title: '%s', line: 1 },
			{ title: 'one', line: 2 },
			{ title: 'two ${told}', line: 3 },
		]);
	});

	it('reports file, line and word', () => {
		expect(findDialect('nodes/a.ts', 'a\n// told').map(toText)).toEqual([
			'nodes/a.ts:2: told (write: reported, configured, said)',
		]);
	});
});
