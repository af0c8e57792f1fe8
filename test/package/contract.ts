/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a test, which never runs inside n8n */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Outcome } from '../../nodes/shared/actions/outcome/outcome';
import { isObject, asObjects } from '../../nodes/shared/values/json';
import { readManifest, ROOT } from './support';

/**
 * What workflows in the world rely on, by path: `nodes › aktify › lead.create › options.phoneCheck`.
 * Under each path, the facts that have to stay: the type, the default (n8n does not store a
 * parameter that has its default), each value of a drop-down.
 */
export type Contract = Record<string, string[]>;

export const CONTRACT_FILE = path.join(ROOT, 'test', 'package', 'contract.json');

/** Exhaustive by its type: the compiler notices a kind that came or went. */
const outcomes: Record<Outcome['kind'], true> = {
	created: true,
	updated: true,
	duplicate: true,
	disabled: true,
	deleted: true,
	found: true,
	notFound: true,
	preview: true,
	skipped: true,
	notSent: true,
	refused: true,
	unknown: true,
};

/** @throws Error when the file is not what `npm run contract` writes */
export function recordedContract(): Contract {
	const json: unknown = JSON.parse(readFileSync(CONTRACT_FILE, 'utf8'));
	if (!isObject(json)) throw new Error(`${CONTRACT_FILE} is not an object`);
	return Object.fromEntries(
		Object.entries(json).map(([key, facts]) => {
			if (!Array.isArray(facts)) throw new Error(`${CONTRACT_FILE}: ${key} is not a list`);
			return [key, facts.map(String)];
		}),
	);
}

/** The contract of the built package. @throws Error where there is no dist */
export function presentContract(folder = ROOT): Contract {
	const { name, nodes, credentials } = readManifest(folder);
	const parts: Array<[string, string]> = [
		['package', name],
		...Object.keys(outcomes).map((kind): [string, string] => ['outcomes', kind]),
	];
	for (const file of nodes) parts.push(...factsOfNode(instanceOf(folder, file).description));
	for (const file of credentials) parts.push(...factsOfCredential(instanceOf(folder, file)));
	return collect(parts);
}

/** What is in the first and not in the second: `path: fact`. */
export function missingFrom(wanted: Contract, there: Contract): string[] {
	return Object.entries(wanted).flatMap(([key, facts]) => {
		const present = there[key];
		if (present === undefined) return [`${key} (all of it)`];
		return facts.filter((fact) => !present.includes(fact)).map((fact) => `${key}: ${fact}`);
	});
}

/** One path a line, so that a diff shows what changed. */
export function contractText(contract: Contract): string {
	const lines = Object.entries(contract).map(
		([key, facts]) => `\t${JSON.stringify(key)}: ${JSON.stringify(facts)}`,
	);
	return `{\n${lines.join(',\n')}\n}\n`;
}

/** Both contracts in one, sorted by path. */
export function together(...contracts: Contract[]): Contract {
	return collect(
		contracts.flatMap((contract) =>
			Object.entries(contract).flatMap(([key, facts]) =>
				facts.map((fact): [string, string] => [key, fact]),
			),
		),
	);
}

function collect(parts: ReadonlyArray<[string, string]>): Contract {
	const sets = new Map<string, Set<string>>();
	for (const [key, fact] of parts) sets.set(key, (sets.get(key) ?? new Set()).add(fact));
	const paths = [...sets.keys()].sort();
	return Object.fromEntries(paths.map((key) => [key, [...(sets.get(key) ?? [])].sort()]));
}

function instanceOf(folder: string, file: string): Record<string, unknown> {
	const loaded: unknown = createRequire(path.join(folder, 'package.json'))(`./${file}`);
	const Class = isObject(loaded) ? loaded[path.basename(file).split('.')[0] ?? ''] : undefined;
	const made: unknown = typeof Class === 'function' ? Reflect.construct(Class, []) : undefined;
	if (!isObject(made)) throw new Error(`${file} has no class of its name`);
	return made;
}

function factsOfNode(description: unknown): Array<[string, string]> {
	if (!isObject(description)) throw new Error('A node has no description');
	const node = `nodes › ${String(description.name)}`;
	const facts: Array<[string, string]> = [];
	for (const version of [description.version].flat()) facts.push([node, `version ${version}`]);
	for (const { name, displayOptions } of asObjects(description.credentials)) {
		facts.push([node, `credential ${String(name)}${whenShown(displayOptions)}`]);
	}
	for (const { name, path: address } of asObjects(description.webhooks)) {
		facts.push([node, `webhook ${String(name)} at ${String(address)}`]);
	}
	for (const output of [description.outputs].flat()) facts.push([node, `output ${String(output)}`]);
	for (const property of asObjects(description.properties)) {
		for (const place of placesOf(property)) {
			facts.push(...factsOfProperty(`${node} › ${place}`, property));
		}
	}
	return facts;
}

function factsOfCredential(type: Record<string, unknown>): Array<[string, string]> {
	const credential = `credentials › ${String(type.name)}`;
	const parents = [type.extends ?? []].flat();
	return [
		[credential, 'type'],
		...parents.map((parent): [string, string] => [credential, `extends ${String(parent)}`]),
		...asObjects(type.properties).flatMap((property) =>
			factsOfProperty(`${credential} › `, property),
		),
	];
}

/** The operations that show a parameter: `lead.create`, or `any` where it does not depend on one. */
function placesOf({ displayOptions }: Record<string, unknown>): string[] {
	const show = isObject(displayOptions) && isObject(displayOptions.show) ? displayOptions.show : {};
	const resources = Array.isArray(show.resource) ? show.resource.map(String) : [];
	const operations = Array.isArray(show.operation) ? show.operation.map(String) : [];
	if (resources.length === 0) return ['any › '];
	if (operations.length === 0) return resources.map((resource) => `${resource} › `);
	return resources.flatMap((resource) =>
		operations.map((operation) => `${resource}.${operation} › `),
	);
}

function whenShown(displayOptions: unknown): string {
	return displayOptions === undefined ? '' : ` ${JSON.stringify(displayOptions)}`;
}

const longList = 100;
const shownOnly = ['notice', 'callout'];

/** A parameter, with those inside of it: the fields of a collection, the groups of a fixed one. */
function factsOfProperty(
	place: string,
	property: Record<string, unknown>,
): Array<[string, string]> {
	const type = String(property.type);
	if (shownOnly.includes(type)) return [];
	const key = `${place}${String(property.name)}`;
	const facts: Array<[string, string]> = [[key, `type ${type}`]];
	facts.push([key, `default ${JSON.stringify(property.default)}`]);
	for (const mode of asObjects(property.modes)) facts.push([key, `mode ${String(mode.name)}`]);
	const options = asObjects(property.options);
	// A long list, such as that of countries, is the same one wherever its name is.
	const list = options.length > longList ? `lists › ${String(property.name)}` : key;
	if (list !== key) facts.push([key, 'list']);
	for (const option of options) {
		if (type === 'options' || type === 'multiOptions') {
			facts.push([list, `value ${JSON.stringify(option.value)}`]);
		} else if (type === 'fixedCollection') {
			for (const inner of asObjects(option.values)) {
				facts.push(...factsOfProperty(`${key}.${String(option.name)}.`, inner));
			}
		} else {
			facts.push(...factsOfProperty(`${key}.`, option));
		}
	}
	return facts;
}
