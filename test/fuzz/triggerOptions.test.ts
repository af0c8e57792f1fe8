import type { INodeParameters, INodeProperties } from 'n8n-workflow';
import { startSandbox } from '../../sandbox';
import type { Sandbox } from '../../sandbox';
import { nodeType } from '../support/engine';
import { ActiveTrigger } from '../support/triggers/ActiveTrigger';
import { triggerCases } from './triggerCases';
import { Wire } from './values';

const wire = new Wire();
let sandbox: Sandbox;
let trigger: ActiveTrigger | undefined;
beforeAll(async () => {
	sandbox = await startSandbox();
	await wire.open();
});
afterEach(async () => {
	await trigger?.close();
	sandbox.world.reset();
});
afterAll(async () => {
	await wire.close();
	await sandbox.close();
});

/** What no switch, number or drop-down can mean. */
const nonsense = ['maybe', '', null, {}, -7.5, ['maybe'], '={{ "" }}'];

const isOption = ({ type, options = [] }: INodeProperties) =>
	['boolean', 'number'].includes(type) ||
	(['options', 'multiOptions'].includes(type) && options.length > 0);

/** The options that a trigger shows with these parameters, those in the Options collection as `options.name`. */
function optionsOf(properties: INodeProperties[], parameters: INodeParameters) {
	const shown = properties.filter(({ displayOptions }) =>
		Object.entries(displayOptions?.show ?? {}).every(([name, values]) =>
			[parameters[name]].flat().some((value) => values?.some((wanted) => wanted === value)),
		),
	);
	return shown.flatMap((property) => {
		const nested = property.name === 'options' ? (property.options ?? []) : [];
		return [
			...(isOption(property)
				? [
						{
							path: [property.name],
							label: property.displayName,
							isList: property.type === 'multiOptions',
						},
					]
				: []),
			...nested.flatMap((option) =>
				'type' in option && isOption(option)
					? [{ path: ['options', option.name], label: option.displayName, isList: false }]
					: [],
			),
		];
	});
}

describe.each(triggerCases)('$title', ({ node, parameters, credentials }) => {
	it('asks nothing when an option is not understood', async () => {
		const { description } = await nodeType(node);
		const options = optionsOf(description.properties, parameters);
		expect(options.length).toBeGreaterThan(1);
		for (const { path, label, isList } of options) {
			for (const value of nonsense) {
				// n8n itself puts the default in place of this one.
				if (value === null && isList) continue;
				const [name = '', field] = path;
				const changed = field === undefined ? value : { [field]: value };
				const fuzzed: INodeParameters = JSON.parse(
					JSON.stringify({ ...parameters, [name]: changed }),
				);
				await trigger?.close();
				trigger = await ActiveTrigger.open({
					node,
					parameters: fuzzed,
					credentials: credentials(sandbox.url),
				});
				wire.takeRequests();
				const activating = trigger.activate();
				await expect(activating).rejects.toThrow(label);
				await expect(activating).rejects.toThrow(/Valid values: |is empty/);
				expect(wire.takeRequests()).toEqual([]);
			}
		}
	});
});

describe('Close Trigger: Changed Field Names or IDs', () => {
	const close = triggerCases.find(({ node }) => node === 'closeTrigger');

	it.each([
		['={{ "" }}', 'the expression gives no value'],
		['={{ [] }}', 'the expression gives no value'],
		[['phone'], '"phone" is not an ID'],
		[['name', { id: 1 }], 'Changed Field'],
	])('refuses %j, which would start on other changes', async (changedFields, message) => {
		trigger = await ActiveTrigger.open({
			node: 'closeTrigger',
			parameters: JSON.parse(JSON.stringify({ ...close?.parameters, changedFields })),
			credentials: close?.credentials(sandbox.url) ?? {},
		});
		wire.takeRequests();
		await expect(trigger.activate()).rejects.toThrow(message);
		expect(wire.takeRequests()).toEqual([]);
	});
});
