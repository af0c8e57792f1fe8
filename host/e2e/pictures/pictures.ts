/* eslint-disable @n8n/community-nodes/no-restricted-imports -- end-to-end tests: they read files */
import { readdirSync } from 'node:fs';
import { WORKFLOWS_FOLDER } from '../../paths';

/** The fields of a node that a picture shows: a change to one of them makes it out of date. */
export interface Panel {
	/** As in dist/nodes/<vendor>/<node>.node.js. */
	node: string;
	/** All fields of a trigger, which has neither. */
	resource?: string;
	operation?: string;
}

/** A picture in the docs. */
export interface Picture {
	/** Its file below docs/images, without .png. */
	file: string;
	/** The example whose canvas it shows. */
	workflow?: string;
	panels: Panel[];
}

const create = (node: string): Panel => ({ node, resource: 'lead', operation: 'create' });

/** Pictures of nodes, in n8n's light theme, or its dark one where the name says so. */
const NODES: Picture[] = [
	{ file: 'run-with-errors', panels: [create('SquadVoice')] },
	{ file: 'run-with-errors-dark', panels: [create('SquadVoice')] },
	{ file: 'columns-onto-fields', panels: [create('SquadVoice')] },
	{ file: 'step-stops', panels: [create('SquadVoice')] },
	{ file: 'campaign-by-typing', panels: [create('Autocalls')] },
	{
		file: 'close-custom-fields',
		panels: [{ node: 'Close', resource: 'lead', operation: 'update' }],
	},
	{ file: 'aktify-trigger', panels: [{ node: 'AktifyTrigger' }] },
	{ file: 'tool-fields', panels: [create('Aktify')] },
];

/** The names of the examples, by their files. */
const examples = readdirSync(WORKFLOWS_FOLDER)
	.filter((file) => file.endsWith('.json'))
	.map((file) => file.slice(0, -'.json'.length));

export const PICTURES: Picture[] = [
	...NODES,
	...examples.map((workflow) => ({ file: `examples/${workflow}`, workflow, panels: [] })),
];
