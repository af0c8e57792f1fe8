import { leads, onError } from '../support/fixtures';
import { outcomesOf } from '../support/results';
import { useSandbox } from '../support/sandbox';

const scene = useSandbox();

const from = (expression: string) => `={{ ${expression} }}`;

describe('Preview Only by expression', () => {
	it.each(['true', '"true"', '"TRUE"', '" Yes "', '"on"', '"1"', '1', '!false', '"tr\\u200bue"'])(
		'sends nothing where it is %s',
		async (expression) => {
			const options = { previewOnly: from(expression) };
			const result = await scene.squadVoice({ items: leads(2), options });
			expect(outcomesOf(result)).toEqual({ preview: 2 });
			expect(scene.world.requests).toHaveLength(0);
		},
	);

	it.each(['false', '"FALSE"', '"no"', '"off"', '0', '"0"'])(
		'sends where it is %s',
		async (expression) => {
			const options = { previewOnly: from(expression) };
			await scene.squadVoice({ items: leads(2), options });
			expect(scene.world.ledger('squadVoice').held).toBe(2);
		},
	);

	it.each(['$json.missing', 'null', '""', '"maybe"', '2', '({})', '[]', '[true]', 'NaN', '"x".y'])(
		'stops the node where it is %s',
		async (expression) => {
			const options = { previewOnly: from(expression) };
			const result = await scene.squadVoice({ items: leads(2), options });
			expect(result.error?.message).toMatch(/^Preview Only.*Valid values: true, false/);
			const branch = await scene.squadVoice({
				items: leads(2),
				options,
				settings: onError.branch,
			});
			expect(outcomesOf(branch)).toEqual({ notSent: 2 });
			expect(scene.world.requests).toHaveLength(0);
		},
	);
});

describe('Options of the whole run', () => {
	const items = leads(5).map((lead, index) => ({ ...lead, real: index === 3 }));

	it.each([
		['previewOnly', '!$json.real', 'Preview Only', '"true" for item 0, "false" for item 3'],
		['requestsPerMinute', '$json.real ? 5 : 50', 'Requests per Minute', '"50" for item 0, "5"'],
		['rememberSentLeads', '$json.real ? "off" : "node"', 'Remember Sent Leads', '"node" for'],
	])('are refused where items differ: %s', async (name, expression, label, difference) => {
		const options = { [name]: from(expression) };
		const result = await scene.squadVoice({ items, options });
		expect(result.error?.message).toContain(`${label} applies to the whole run, but differs`);
		expect(result.error?.message).toContain(difference);
		const branch = await scene.squadVoice({ items, options, settings: onError.branch });
		expect(outcomesOf(branch)).toEqual({ notSent: 5 });
		expect(scene.world.requests).toHaveLength(0);
	});

	it('are refused where one item makes them unclear', async () => {
		const options = { previewOnly: from('$json.real ? "perhaps" : false') };
		const result = await scene.squadVoice({ items, options, settings: onError.branch });
		expect(outcomesOf(result)).toEqual({ notSent: 5 });
		expect(result.errors[0]?.json.error).toBe(
			'Preview Only: "perhaps" is not a valid value. Valid values: true, false [item 3]',
		);
		expect(scene.world.requests).toHaveLength(0);
	});

	it('may be expressions that come to the same for all items', async () => {
		const options = { timeout: from('"3" + $json.name.length * 0'), previewOnly: from('"no"') };
		await scene.squadVoice({ items, options });
		expect(scene.world.ledger('squadVoice').held).toBe(5);
	});
});

it('an option of one item that is not understood concerns this item', async () => {
	const items = leads(3).map((lead, index) => ({
		...lead,
		level: index === 1 ? 'strict' : 'Valid',
	}));
	const result = await scene.squadVoice({
		items,
		options: { phoneCheck: from('$json.level') },
		settings: onError.branch,
	});
	expect(outcomesOf(result)).toEqual({ created: 2, notSent: 1 });
	expect(result.errors[0]?.json.error).toBe(
		'Phone Validation: "strict" is not a valid value. Valid values: off, e164Shape, possible, valid',
	);
});

it.each(['strict', from('"strict"')])(
	'an option stops the node even where nothing uses it: %s',
	async (phoneCheck) => {
		const result = await scene.close({
			items: leads(1),
			parameters: { contacts: {}, name: 'Bluth Company' },
			options: { phoneCheck },
		});
		expect(result.error?.message).toMatch(/^Phone Validation: "strict" is not a valid value/);
		expect(scene.world.requests).toHaveLength(0);
	},
);

it.each(['basic', 'APIKEY', '', null, '={{ "oAuth2" }}'])(
	'Close does not fall back to the API key where Authentication is %j',
	async (authentication) => {
		const parameters = { authentication };
		const result = await scene.close({ items: leads(1), parameters, settings: onError.branch });
		expect(outcomesOf(result)).toEqual({ notSent: 1 });
		expect(result.errors[0]?.json.error).toMatch(
			/^Authentication: .*Valid values: apiKey, oAuth2$/,
		);
		expect(scene.world.requests).toHaveLength(0);
	},
);

it.each([{ apiVersion: 'v5' }, { accountKind: 'partner' }, { market: 'uk' }])(
	'a choice in the credential that is not understood stops the node: %j',
	async (credentials) => {
		const result = await scene.squadVoice({ items: leads(1), credentials });
		expect(result.error?.message).toMatch(/^(API Version|Account Kind|Market): .*Valid values: /);
		expect(scene.world.requests).toHaveLength(0);
	},
);
