/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a test, which never runs inside n8n */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { isObject } from '../../nodes/shared/values/json';
import {
	anchorsOf,
	brokenCommand,
	brokenLink,
	commandsIn,
	exists,
	fragmentsOf,
	inlineCodeOf,
	linksOf,
	looksLikePath,
	machinePathsIn,
	messagesIn,
	pages,
	projectFiles,
	reachableFrom,
	sectionOf,
	textOfPage,
} from './docs';
import { ROOT, sources } from './support';

const manifest: unknown = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
const scripts =
	isObject(manifest) && isObject(manifest.scripts) ? Object.keys(manifest.scripts) : [];

/** GitHub shows these itself. */
const shownByGitHub = pages.filter((page) => page.startsWith('.github/'));

describe.each(pages)('%s', (page) => {
	const text = textOfPage(page);

	it('has no broken link', () => {
		expect(linksOf(text).flatMap((link) => brokenLink(page, link) ?? [])).toEqual([]);
	});

	it('has only commands that exist', () => {
		expect(commandsIn(text).flatMap((command) => brokenCommand(command, scripts) ?? [])).toEqual(
			[],
		);
	});

	it('has only paths that exist', () => {
		const paths = inlineCodeOf(text).filter(looksLikePath);
		expect(paths.filter((file) => !exists(file))).toEqual([]);
	});

	it('has no machine path', () => {
		expect(machinePathsIn(text)).toEqual([]);
	});
});

it('every page of the docs links back to the README', () => {
	const docs = pages.filter((page) => page.startsWith('docs/'));
	const linksBack = (page: string) =>
		linksOf(textOfPage(page)).some((link) => path.join(path.dirname(page), link) === 'README.md');
	expect(docs.filter((page) => !linksBack(page))).toEqual([]);
});

it('every page can be reached from the README', () => {
	const reached = reachableFrom('README.md');
	expect(pages.filter((page) => !reached.has(page) && !shownByGitHub.includes(page))).toEqual([]);
});

it('the editor test uses every label and value in the steps of the README', () => {
	const steps = sectionOf(textOfPage('README.md'), 'Push your own list');
	const clicked = [...steps.matchAll(/\*\*([^*]+)\*\*/g)].flatMap(([, labels = '']) =>
		labels.split(' → '),
	);
	const typed = inlineCodeOf(steps).filter((code) => !code.startsWith('npm '));
	expect(clicked.length).toBeGreaterThan(20);
	const editorTest = textOfPage('host/e2e/readme.ts');
	expect([...clicked, ...typed].filter((text) => !editorTest.includes(text))).toEqual([]);
});

it('the messages in the tables of the docs are messages of the nodes', () => {
	const code = sources()
		.map(({ text }) => text)
		.join('\n');
	const quoted = pages.flatMap((page) =>
		messagesIn(textOfPage(page)).map((message) => ({ page, message })),
	);
	expect(quoted.length).toBeGreaterThan(20);
	const isMessage = (message: string) => fragmentsOf(message).every((part) => code.includes(part));
	expect(quoted.filter(({ message }) => !isMessage(message))).toEqual([]);
});

it('everything that architecture.md relies on inside n8n has a canary test', () => {
	const section = sectionOf(textOfPage('docs/architecture.md'), 'What we rely on inside n8n');
	const modules = inlineCodeOf(section).filter((code) => code.startsWith('nodes/'));
	const canaries = projectFiles
		.filter((file) => file.startsWith('test/n8n/') && file.endsWith('.test.ts'))
		.map((file) => path.basename(file, '.test.ts'));
	// luxon's canary is a complete n8n.
	const expected = new Set(modules.map((file) => path.basename(file, '.ts')));
	expected.delete('dates');
	expect(canaries.sort()).toEqual([...expected].sort());
});

it('every script of package.json is documented', () => {
	const named = new Set(
		pages
			.flatMap((page) =>
				commandsIn(textOfPage(page)).map((command) => command.split(/\s+/).slice(1, 3)),
			)
			.map(([first = '', second = '']) => (first === 'run' ? second : first)),
	);
	// npm or GitHub Actions runs these.
	const hidden = ['prepublishOnly', 'release'];
	expect(scripts.filter((script) => !named.has(script) && !hidden.includes(script))).toEqual([]);
});

it('the nodes and credentials have no broken link into this repository', () => {
	const codex = projectFiles.filter((file) => file.endsWith('.node.json')).map(textOfPage);
	const own = /lead-dispatch\/n8n-nodes-lead-dispatch\/blob\/main\/([^'"`\s]+)/g;
	const links = [...sources().map(({ text }) => text), ...codex].flatMap((text) =>
		[...text.matchAll(own)].map(([, link = '']) => link),
	);
	expect(links).toContain('docs/operations/close.md');
	expect(links.flatMap((link) => brokenLink('README.md', link) ?? [])).toEqual([]);
});

describe('GitHub Actions', () => {
	const workflows = projectFiles
		.filter((file) => file.startsWith('.github/workflows/'))
		.map((file) => ({ file, text: textOfPage(file) }));
	const all = workflows.map(({ text }) => text).join('\n');

	it('run commands that exist', () => {
		const commands = [...all.matchAll(/run: (npm .+)/g)].map(([, command = '']) => command);
		expect(commands).toEqual(expect.arrayContaining(['npm test', 'npm run release']));
		expect(commands.flatMap((command) => brokenCommand(command, scripts) ?? [])).toEqual([]);
	});

	it('use actions of GitHub itself, by their major version, or files of this repository', () => {
		const used = [...all.matchAll(/uses: (\S+)/g)].map(([, action = '']) => action);
		expect(used.filter((action) => !/^actions\/[\w-]+@v\d+$/.test(action))).toEqual([
			'./.github/workflows/test.yml',
		]);
	});

	it('have read permissions only, except for the provenance of a release', () => {
		expect(
			workflows.filter(({ text }) => !/^permissions:\n {2}contents: read$/m.test(text)),
		).toEqual([]);
		expect(all.match(/[\w-]+: write/g)).toEqual(['id-token: write']);
	});
});

describe('these gates find', () => {
	it('a broken link and a missing heading', () => {
		const text =
			'See [a](docs/none.md), [b](docs/security.md#nowhere) and [c](docs/security.md#secrets).';
		expect(linksOf(text).map((link) => brokenLink('README.md', link))).toEqual([
			'README.md: docs/none.md leads nowhere',
			'README.md: docs/security.md#nowhere has no such heading',
			undefined,
		]);
	});

	it('anchors as GitHub makes them', () => {
		const text = '# What a `node` does: all of it\n## Twice\n## Twice\n```\n# not one\n```\n';
		expect([...anchorsOf(text)]).toEqual(['what-a-node-does-all-of-it', 'twice', 'twice-1']);
	});

	it('a command that does not exist', () => {
		const text = 'Run `npm run nothing`.\n\n```sh\nnpm ci && npx nothing --x\n$ npm test\n```\n';
		const broken = commandsIn(text).map((command) => brokenCommand(command, scripts));
		expect(broken).toEqual([
			undefined,
			'npx nothing --x: there is no nothing in node_modules/.bin',
			undefined,
			'npm run nothing: package.json has no such script',
		]);
	});

	it('a file that does not exist', () => {
		const named = inlineCodeOf('`docs/none.md`, `test/package/*.none`, `nodes/shared`, `and/or`');
		expect(named.filter(looksLikePath).filter((file) => !exists(file))).toEqual([
			'docs/none.md',
			'test/package/*.none',
		]);
	});

	it('the fixed parts of a message', () => {
		const table =
			'| the message says | do this |\n|---|---|\n| Close allows 40 of "…" | nothing |\n\n| a | b |';
		expect(messagesIn(table)).toEqual(['Close allows 40 of "…"']);
		expect(fragmentsOf('The assistant "…" is gone (HTTP 404: …)')).toEqual([
			'The assistant',
			'is gone',
		]);
	});

	it('a machine path', () => {
		expect(machinePathsIn('in /home/ann/n8n, not in ~/.n8n/nodes or /usr/bin/node')).toEqual([
			'/home/ann',
		]);
	});
});
