import type { IDataObject } from 'n8n-workflow';
import {
	readRunSettings,
	runOptionsCheck,
	wholeRunError,
} from '../../../../nodes/shared/actions/settings';
import { optionsField, RUN_OPTIONS } from '../../../../nodes/shared/descriptions/options';
import { ItemParameters } from '../../../../nodes/shared/parameters/ItemParameters';
import { NodeParameters } from '../../../../nodes/shared/parameters/NodeParameters';
import { fakeItem } from '../../../support/fakes';
import { fakeContext, vendor } from './fakes';

const description = [optionsField([...RUN_OPTIONS, 'phoneCheck'])];

const read = (options: IDataObject) =>
	readRunSettings(fakeItem({ options }, {}, description), {
		...vendor,
		defaultConcurrency: 7,
		requestsPerMinute: 90,
	});

describe('readRunSettings', () => {
	it('takes missing values from the vendor and the defaults', () => {
		expect(read({})).toEqual({
			remember: undefined,
			previewOnly: false,
			includeInput: true,
			maxConcurrentRequests: 7,
			requestsPerMinute: 90,
			batchSize: 100,
			timeoutMs: 30_000,
			giveUpAfterMs: 300_000,
		});
	});

	it('reads seconds as milliseconds, and numbers that are texts', () => {
		expect(read({ timeout: ' 2.5 ', giveUpAfter: 0, requestsAtOnce: '3' })).toMatchObject({
			timeoutMs: 2_500,
			giveUpAfterMs: 0,
			maxConcurrentRequests: 3,
		});
	});

	it.each([
		[{ requestsAtOnce: 0 }, 'Max Concurrent Requests', 'whole numbers from 1 to 100'],
		[{ requestsAtOnce: 1e9 }, 'Max Concurrent Requests', 'whole numbers from 1 to 100'],
		[{ requestsPerMinute: -5 }, 'Requests per Minute', 'whole numbers from 0 to 100000'],
		[{ requestsPerMinute: '100/min' }, 'Requests per Minute', 'whole numbers from 0 to 100000'],
		[{ leadsPerRequest: 2.9 }, 'Batch Size', 'whole numbers from 1 to 1000'],
		[{ leadsPerRequest: 1001 }, 'Batch Size', 'whole numbers from 1 to 1000'],
		[{ timeout: 0 }, 'Timeout', 'numbers from 0.1 to 3600'],
		[{ timeout: 'soon' }, 'Timeout', 'numbers from 0.1 to 3600'],
		[{ timeout: '' }, 'Timeout', 'numbers from 0.1 to 3600'],
		[{ timeout: true }, 'Timeout', 'numbers from 0.1 to 3600'],
		[{ giveUpAfter: 1e12 }, 'Max Retry Time', 'numbers from 0 to 86400'],
		[{ giveUpAfter: '0x10' }, 'Max Retry Time', 'numbers from 0 to 86400'],
		[{ rememberSentLeads: 'everywhere' }, 'Remember Sent Leads', 'off, node, workflow'],
		[{ rememberSentLeads: null }, 'Remember Sent Leads', 'off, node, workflow'],
		[{ previewOnly: 'maybe' }, 'Preview Only', 'true, false'],
		[{ previewOnly: '' }, 'Preview Only', 'true, false'],
		[{ previewOnly: null }, 'Preview Only', 'true, false'],
		[{ previewOnly: 2 }, 'Preview Only', 'true, false'],
		[{ previewOnly: {} }, 'Preview Only', 'true, false'],
		[{ previewOnly: [] }, 'Preview Only', 'true, false'],
	])('refuses %j, naming the option and its values', (options, label, valid) => {
		let message = '';
		try {
			read(options);
		} catch (error) {
			message = String(error);
			expect(wholeRunError(error, 3)?.message).toMatch(/ \[item 3\]$/);
		}
		expect(message).toContain(`: ${label}`);
		expect(message).toMatch(new RegExp(`Valid values: ${valid}$`));
	});

	it.each([
		['node', 'node'],
		['Per Workflow', 'workflow'],
		[' WORKFLOW ', 'workflow'],
		['off', undefined],
	])('remembers sent leads with %s per %s', (rememberSentLeads, remember) => {
		expect(read({ rememberSentLeads }).remember).toBe(remember);
	});

	it.each([true, 'true', 'TRUE', ' True ', 'yes', 'YES', 'on', '1', 1, 'true\u200b', 'ｔｒｕｅ'])(
		'previews with %j',
		(previewOnly) => {
			expect(read({ previewOnly }).previewOnly).toBe(true);
		},
	);

	it.each([false, 'false', 'FALSE', 'no', 'off', '0', 0])('sends with %j', (previewOnly) => {
		expect(read({ previewOnly }).previewOnly).toBe(false);
	});
});

describe('runOptionsCheck', () => {
	/** Items whose column is the value of an option. */
	function check(option: string, columns: unknown[], expression = '={{ $json.x }}') {
		const evaluated: number[] = [];
		const context = fakeContext(
			{ options: { [option]: expression } },
			{
				getNodeParameter: ((_name: string, index: number) => {
					evaluated.push(index);
					return { [option]: expression.startsWith('=') ? columns[index] : expression };
				}) as never,
			},
		);
		const source = new NodeParameters(context, description);
		const checkItem = runOptionsCheck(new ItemParameters(source, 0, {}));
		for (const index of columns.keys()) checkItem(new ItemParameters(source, index, {}));
		return evaluated;
	}

	it('accepts spellings of the same value', () => {
		expect(() => check('previewOnly', [true, 'yes', 1])).not.toThrow();
		expect(() => check('timeout', [30, '30', ' 30.0 '])).not.toThrow();
	});

	it.each(RUN_OPTIONS.map((name) => [name]))('refuses %s where items differ', (name) => {
		const values: Record<string, unknown[]> = {
			includeInputFields: [true, true, false],
			previewOnly: [true, true, false],
			rememberSentLeads: ['node', 'node', 'off'],
		};
		expect(() => check(name, values[name] ?? [5, 5, 6])).toThrow(
			/applies to the whole run, but differs: ".+" for item 0, ".+" for item 2/,
		);
	});

	it('does not mind options of the item', () => {
		expect(() => check('phoneCheck', ['off', 'valid'])).not.toThrow();
	});

	it('evaluates nothing for options without expressions', () => {
		expect(check('timeout', Array(1000).fill(30), '30')).toEqual([]);
	});
});
