import { NodeHelpers } from 'n8n-workflow';
import type { INodeParameters, INodeTypeDescription } from 'n8n-workflow';
import { Aktify } from '../../nodes/Aktify/Aktify.node';
import { Autocalls } from '../../nodes/Autocalls/Autocalls.node';
import { Close } from '../../nodes/Close/Close.node';
import { SquadVoice } from '../../nodes/SquadVoice/SquadVoice.node';

const descriptions = [new SquadVoice(), new Aktify(), new Autocalls(), new Close()].map(
	({ description }) => description,
);

interface Action {
	resource: string;
	operation: string;
}

/** Every entry of the Operation selectors of a node. */
function actionsOf({ properties }: INodeTypeDescription): Action[] {
	return properties
		.filter(({ name }) => name === 'operation')
		.flatMap(({ displayOptions, options = [] }) =>
			options.flatMap((option) => {
				const resource = String(displayOptions?.show?.resource?.[0]);
				return 'value' in option ? [{ resource, operation: String(option.value) }] : [];
			}),
		);
}

/** The parameters of a node with nothing set but its action, as n8n fills in the rest. */
function filledIn(description: INodeTypeDescription, action: Action): INodeParameters {
	const node = { typeVersion: 1 };
	return (
		NodeHelpers.getNodeParameters(
			description.properties,
			{ ...action },
			true,
			false,
			node,
			description,
		) ?? {}
	);
}

const cases = descriptions.flatMap((description) =>
	actionsOf(description).map((action) => ({
		node: description.displayName,
		...action,
		action,
		description,
	})),
);

it('covers every operation', () => {
	expect(cases).toHaveLength(28);
});

it.each(cases)(
	'$node $resource $operation: the tool says whether it writes and what a repeat does',
	({ action, description }) => {
		// n8n gives the tool of a node this name.
		const tool = { ...description, name: `${description.name}Tool` };
		const text = String(filledIn(tool, action).toolDescription);
		const isRead = /^(get|getAll|search)$/.test(action.operation);
		expect(text).toMatch(isRead ? /^Reads only: / : /^Writes(, and cannot be undone)?: /);
		expect(text).toMatch(/repeat/i);
		expect(text).toContain(description.displayName);
		expect(filledIn(description, action)).not.toHaveProperty('toolDescription');
	},
);

it.each(descriptions)('$displayName has one tool description per operation', (description) => {
	const texts = description.properties.filter(({ name }) => name === 'toolDescription');
	expect(texts).toHaveLength(actionsOf(description).length);
});

it('the notice on following Aktify leads is for the panel of a node, not of a tool', () => {
	const { description } = new Aktify();
	const notice = description.properties.find(({ name }) => name === 'noGetNotice');
	const isShown = (name: string) =>
		notice !== undefined &&
		NodeHelpers.displayParameter(
			{ resource: 'lead', operation: 'create' },
			notice,
			{ typeVersion: 1 },
			{ ...description, name },
		);
	expect(isShown('aktify')).toBe(true);
	expect(isShown('aktifyTool')).toBe(false);
});

it.each(descriptions)(
	'$displayName says above its fields that Preview Only is on',
	(description) => {
		const notice = description.properties.find(({ name }) => name === 'previewNotice');
		const isShown = (options: INodeParameters) =>
			notice !== undefined &&
			NodeHelpers.displayParameter(
				{ resource: 'lead', operation: 'create', options },
				notice,
				{ typeVersion: 1 },
				description,
			);
		expect(isShown({ previewOnly: true })).toBe(true);
		expect(isShown({ previewOnly: false })).toBe(false);
		expect(isShown({})).toBe(false);
	},
);
