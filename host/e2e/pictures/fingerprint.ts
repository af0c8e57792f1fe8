/* eslint-disable @n8n/community-nodes/no-restricted-imports -- end-to-end tests: they read the built nodes */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { isRecord } from '../../../sandbox/lib/guards';
import { DOCS_IMAGES_FOLDER, PROJECT_ROOT, WORKFLOWS_FOLDER } from '../../paths';
import { PICTURES, type Panel, type Picture } from './pictures';

/** What each picture showed when it was captured, by its file. */
export const FINGERPRINTS_FILE = join(DOCS_IMAGES_FOLDER, 'pictures.json');

const asRecords = (value: unknown) => (Array.isArray(value) ? value.filter(isRecord) : []);

const builtNodes: string[] = asRecords([
	JSON.parse(readFileSync(join(PROJECT_ROOT, 'package.json'), 'utf8')),
]).flatMap(({ n8n }) => (isRecord(n8n) && Array.isArray(n8n.nodes) ? n8n.nodes.map(String) : []));

/** The description of a built node. @throws Error where there is none */
function descriptionOf(node: string): Record<string, unknown> {
	const file = builtNodes.find((built) => built.endsWith(`/${node}.node.js`)) ?? node;
	const loaded: unknown = createRequire(join(PROJECT_ROOT, 'package.json'))(`./${file}`);
	const Class = isRecord(loaded) ? loaded[node] : undefined;
	const made: unknown = typeof Class === 'function' ? Reflect.construct(Class, []) : undefined;
	if (!isRecord(made) || !isRecord(made.description)) throw new Error(`${node} has no description`);
	return made.description;
}

/** Whether a field is shown for a resource and an operation. */
function isShown(field: Record<string, unknown>, { resource, operation }: Panel): boolean {
	const options = isRecord(field.displayOptions) ? field.displayOptions : {};
	const show = isRecord(options.show) ? options.show : {};
	const allows = (list: unknown, value: string | undefined) =>
		value === undefined || !Array.isArray(list) || list.includes(value);
	return allows(show.resource, resource) && allows(show.operation, operation);
}

function panelText(panel: Panel): unknown {
	const { displayName, properties } = descriptionOf(panel.node);
	return [displayName, asRecords(properties).filter((field) => isShown(field, panel))];
}

/** An example as it is drawn: its nodes and notes, and how our nodes name themselves. */
function canvasText(workflow: string): unknown {
	const text = readFileSync(join(WORKFLOWS_FOLDER, `${workflow}.json`), 'utf8');
	const ours = new Set(text.match(/(?<="n8n-nodes-lead-dispatch\.)\w+/g));
	const nodes = builtNodes.flatMap((file) => /(\w+)\.node\.js$/.exec(file)?.[1] ?? []);
	const drawn = nodes
		.map(descriptionOf)
		.filter(({ name }) => [String(name), `${String(name)}Tool`].some((type) => ours.has(type)))
		.map(({ displayName, subtitle, icon }) => [displayName, subtitle, icon]);
	return [JSON.parse(text), drawn];
}

function fingerprint({ workflow, panels }: Picture): string {
	const shown = [workflow === undefined ? '' : canvasText(workflow), ...panels.map(panelText)];
	return createHash('sha256').update(JSON.stringify(shown)).digest('hex').slice(0, 16);
}

/** What each picture would show now, by its file. */
export function presentFingerprints(): Record<string, string> {
	return Object.fromEntries(PICTURES.map((picture) => [picture.file, fingerprint(picture)]));
}

export function recordedFingerprints(): Record<string, unknown> {
	const json: unknown = JSON.parse(readFileSync(FINGERPRINTS_FILE, 'utf8'));
	return isRecord(json) ? json : {};
}
