/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a test, which never runs inside n8n */
import 'reflect-metadata';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { PackageDirectoryLoader } from 'n8n-core';
import { NodeHelpers } from 'n8n-workflow';
import type { IConnections, INode, INodeTypeDescription } from 'n8n-workflow';
import { sandboxCredentials } from '../../host/n8n/sandboxCredentials';
import { sectionOf } from './docs';
import { ROOT } from './support';

interface ExampleWorkflow {
	id: string;
	name: string;
	active: boolean;
	nodes: INode[];
	connections: IConnections;
}

const packageName = 'n8n-nodes-lead-dispatch';
const MAX_PAGE_LINES = 60;
const MAX_PICTURE_BYTES = 200 * 1024;
const files = readdirSync(path.join(ROOT, 'workflows'))
	.filter((file) => file.endsWith('.json'))
	.map((file) => file.slice(0, -'.json'.length));

const textOf = (...parts: string[]) => readFileSync(path.join(ROOT, ...parts), 'utf8');
const read = (file: string): ExampleWorkflow => JSON.parse(textOf('workflows', `${file}.json`));
const isOurs = ({ type }: INode) => type.startsWith(`${packageName}.`);

const loader = new PackageDirectoryLoader(ROOT);
const imported = sandboxCredentials('http://127.0.0.1');

/** The description of a node; n8n turns a node into a tool under its own name. */
function descriptionOf({ type }: INode): INodeTypeDescription {
	const name = type.slice(packageName.length + 1);
	const known = loader.nodeTypes[name.replace(/Tool$/, '')]?.type;
	if (known === undefined || 'nodeVersions' in known) throw new Error(`There is no node ${type}`);
	return { ...known.description, name };
}

/** The paths to all values in a node's parameters. */
function pathsIn(value: unknown, at: string): string[] {
	if (typeof value !== 'object' || value === null) return [`${at} = ${JSON.stringify(value)}`];
	return Object.entries(value).flatMap(([key, inside]) => pathsIn(inside, `${at}.${key}`));
}

/** Parameters and values in an example that the built node does not have or accept. */
function unknownIn(node: INode): string[] {
	const description = descriptionOf(node);
	const { properties } = description;
	// n8n removes parameters that the node does not have, or does not show with these values.
	const stored = NodeHelpers.getNodeParameters(
		properties,
		node.parameters,
		true,
		false,
		node,
		description,
	);
	const known = new Set(pathsIn(stored, node.name));
	const filledIn = { ...node, parameters: stored ?? {} };
	const issues = NodeHelpers.getNodeParametersIssues(properties, filledIn, description);
	return [
		...pathsIn(node.parameters, node.name).filter((entry) => !known.has(entry)),
		...Object.values(issues?.parameters ?? {}).flat(),
	];
}

/** Names of nodes in the expressions and connections of a workflow. */
function nodesNamedIn({ nodes, connections }: ExampleWorkflow): string[] {
	const inExpressions = nodes.flatMap(({ parameters }) =>
		[...JSON.stringify(parameters).matchAll(/\$\('([^']+)'\)/g)].map(([, name = '']) => name),
	);
	const targets = Object.values(connections).flatMap((byType) =>
		Object.values(byType).flatMap((outputs) =>
			outputs.flatMap((output) => (output ?? []).map(({ node }) => node)),
		),
	);
	return [...inExpressions, ...targets, ...Object.keys(connections)];
}

beforeAll(async () => await loader.loadAll());

it('there are at least eight examples', () => {
	expect(files.length).toBeGreaterThanOrEqual(8);
});

describe.each(files)('the example %s', (file) => {
	const workflow = read(file);
	const { nodes } = workflow;

	it('uses only fields and values that the built nodes have', () => {
		expect(nodes.filter(isOurs).flatMap(unknownIn)).toEqual([]);
	});

	it('has the credentials that the quick start imports, and no others', () => {
		const used = nodes.flatMap((node) => Object.entries(node.credentials ?? {}));
		for (const [type, { id, name }] of used) {
			expect(imported).toContainEqual(expect.objectContaining({ type, id, name }));
		}
		for (const node of nodes.filter(isOurs)) {
			const known = (descriptionOf(node).credentials ?? []).map(({ name }) => name);
			expect(known).toEqual(expect.arrayContaining(Object.keys(node.credentials ?? {})));
			expect(Object.keys(node.credentials ?? {})).toHaveLength(1);
		}
	});

	it('contains no secret, no run data and nothing of the n8n that exported it', () => {
		const secrets = imported.flatMap(({ data }) =>
			Object.entries(data).flatMap(([key, value]) => (/key|token|secret/i.test(key) ? value : [])),
		);
		const text = textOf('workflows', `${file}.json`);
		for (const secret of secrets) expect(text).not.toContain(secret);
		expect(Object.keys(workflow).sort()).toEqual(
			['id', 'name', 'active', 'settings', 'nodes', 'connections'].sort(),
		);
		expect(workflow.active).toBe(false);
		expect(text).not.toMatch(/https?:\/\/(?!example\.com)/);
	});

	it('names only nodes that are in it', () => {
		const names = nodes.map(({ name }) => name);
		expect(new Set(names).size).toBe(names.length);
		expect(names).toEqual(expect.arrayContaining(nodesNamedIn(workflow)));
	});

	it('has the nodes that its page names', () => {
		const page = textOf('docs', 'examples', `${file}.md`);
		const names = new Set(nodes.map(({ name }) => name));
		const named = [...sectionOf(page, 'Set it up').matchAll(/\*\*([^*]+)\*\*/g)].map(
			([, name = '']) => name.replace(/\s+/g, ' '),
		);
		expect(named.filter((name) => !names.has(name) && !name.startsWith('Data tables'))).toEqual([]);
	});

	it('connects two nodes once only', () => {
		for (const { main = [] } of Object.values(workflow.connections)) {
			for (const output of main) {
				const targets = (output ?? []).map(({ node, index }) => `${node} ${index}`);
				expect(new Set(targets).size).toBe(targets.length);
			}
		}
	});

	it('lists in a note what to change', () => {
		const notes = nodes
			.filter(({ type }) => type.endsWith('.stickyNote'))
			.map(({ parameters }) => String(parameters.content));
		expect(notes.join('\n')).toMatch(
			/\*\*Change this( for your own list)?:\*\*|Nothing is to be changed/,
		);
	});

	it('has a page of its own in the docs, with a picture, and is in the index', () => {
		const page = textOf('docs', 'examples', `${file}.md`);
		expect(page).toContain(`[\`workflows/${file}.json\`](../../workflows/${file}.json)`);
		expect(page).toContain(`](../images/examples/${file}.png)`);
		expect(page.trimEnd().split('\n').length).toBeLessThanOrEqual(MAX_PAGE_LINES);
		for (const heading of ['## What you need', '## Set it up', '## How it is tested']) {
			expect(page).toContain(heading);
		}
		expect(textOf('docs', 'examples', 'README.md')).toContain(`](${file}.md)`);
		const picture = path.join(ROOT, 'docs', 'images', 'examples', `${file}.png`);
		expect(existsSync(picture)).toBe(true);
		expect(statSync(picture).size).toBeLessThanOrEqual(MAX_PICTURE_BYTES);
	});
});

it('no two examples share an ID, a name or a webhook', () => {
	const workflows = files.map(read);
	const webhooks = workflows.flatMap(({ nodes }) =>
		nodes.flatMap(({ webhookId }) => webhookId ?? []),
	);
	for (const values of [
		webhooks,
		workflows.map(({ id }) => id),
		workflows.map(({ name }) => name),
	]) {
		expect(new Set(values).size).toBe(values.length);
	}
});

describe('this gate reports', () => {
	const pushed = () => {
		const node = read('demo-push-csv').nodes.find(({ name }) => name === 'SquadVoice');
		if (node === undefined) throw new Error('The demo has no node SquadVoice');
		return node;
	};

	it('a field that the node does not have', () => {
		const node = pushed();
		node.parameters.leadID = 'LD-1';
		expect(unknownIn(node)).toEqual(['SquadVoice.leadID = "LD-1"']);
	});

	it('an option that the operation does not have', () => {
		const node = pushed();
		node.parameters.options = { allowDuplicates: true };
		expect(unknownIn(node)).toEqual(['SquadVoice.options.allowDuplicates = true']);
	});

	it('a value that the field does not accept', () => {
		const node = pushed();
		node.parameters.operation = 'upsert';
		expect(unknownIn(node)).not.toEqual([]);
	});

	it('a required field that is empty', () => {
		const node = pushed();
		node.parameters.phoneNumber = '';
		expect(unknownIn(node).join()).toMatch(/Phone Number/);
	});
});
