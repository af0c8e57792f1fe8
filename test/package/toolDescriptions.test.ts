import { NodeHelpers } from 'n8n-workflow';
import type { INodeParameters, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { Aktify } from '../../nodes/Aktify/Aktify.node';
import { actions as aktify } from '../../nodes/Aktify/actions/router';
import { Autocalls } from '../../nodes/Autocalls/Autocalls.node';
import { actions as autocalls } from '../../nodes/Autocalls/actions/router';
import { Close } from '../../nodes/Close/Close.node';
import { actions as close } from '../../nodes/Close/actions/router';
import { SquadVoice } from '../../nodes/SquadVoice/SquadVoice.node';
import { actions as squadVoice } from '../../nodes/SquadVoice/actions/router';

const nodes: Array<[INodeType, ReadonlyMap<string, unknown>]> = [
	[new SquadVoice(), squadVoice],
	[new Aktify(), aktify],
	[new Autocalls(), autocalls],
	[new Close(), close],
];

/** A node with nothing set but its action, as n8n fills in the rest. */
function filledIn(description: INodeTypeDescription, action: string): INodeParameters {
	const [resource = '', operation = ''] = action.split('.');
	const node = { typeVersion: 1 };
	const given = { resource, operation };
	return (
		NodeHelpers.getNodeParameters(description.properties, given, true, false, node, description) ??
		{}
	);
}

const cases = nodes.flatMap(([{ description }, actions]) =>
	[...actions.keys()].map((action): [string, string, INodeTypeDescription] => [
		description.displayName,
		action,
		description,
	]),
);

test.each(cases)(
	'%s %s: the tool says whether it writes and what a repeat does',
	(...[, action, description]) => {
		// n8n makes the tool of a node by giving it this name.
		const tool = { ...description, name: `${description.name}Tool` };
		const told = String(filledIn(tool, action).toolDescription);
		const reads = /\.(get|getAll|search)$/.test(action);
		expect(told).toMatch(reads ? /^Reads only: / : /^Writes(, and cannot be undone)?: /);
		expect(told).toMatch(/repeat/i);
		expect(told).toContain(description.displayName);
		expect(filledIn(description, action)).not.toHaveProperty('toolDescription');
	},
);

test.each(nodes)(
	'a node has no text for an operation that it does not have',
	({ description }, actions) => {
		const texts = description.properties.filter(({ name }) => name === 'toolDescription');
		expect(texts).toHaveLength(actions.size);
	},
);
