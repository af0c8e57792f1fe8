import type { IDataObject } from 'n8n-workflow';
import { readRunSettings } from '../../../../nodes/shared/actions/settings';
import { ItemParameters, NodeParameters } from '../../../../nodes/shared/parameters/ItemParameters';
import { fakeContext, vendor } from './fakes';

function read(options: IDataObject) {
	const parameters = JSON.parse(JSON.stringify({ options }));
	const item = new ItemParameters(new NodeParameters(fakeContext(parameters)), 0, {});
	return readRunSettings(item, { ...vendor, defaultConcurrency: 7, requestsPerMinute: 90 });
}

describe('readRunSettings', () => {
	it('takes missing values from the vendor and the defaults', () => {
		expect(read({})).toEqual({
			remember: undefined,
			previewOnly: false,
			maxConcurrentRequests: 7,
			requestsPerMinute: 90,
			batchSize: 100,
			timeoutMs: 30_000,
			giveUpAfterMs: 300_000,
		});
	});

	it('reads seconds as milliseconds', () => {
		expect(read({ timeout: 2.5, giveUpAfter: 0 })).toMatchObject({
			timeoutMs: 2_500,
			giveUpAfterMs: 0,
		});
	});

	it.each([
		[{ requestsAtOnce: 0 }, { maxConcurrentRequests: 1 }],
		[{ requestsAtOnce: 1e9 }, { maxConcurrentRequests: 100 }],
		[{ requestsPerMinute: -5 }, { requestsPerMinute: 0 }],
		[{ leadsPerRequest: 2.9 }, { batchSize: 2 }],
		[{ leadsPerRequest: -1 }, { batchSize: 1 }],
		[{ timeout: 0 }, { timeoutMs: 100 }],
		[{ timeout: 'soon' }, { timeoutMs: 30_000 }],
		[{ giveUpAfter: 1e12 }, { giveUpAfterMs: 86_400_000 }],
	])('limits %j to %j', (options, expected) => {
		expect(read(options)).toMatchObject(expected);
	});

	it.each([
		['node', 'node'],
		['workflow', 'workflow'],
		['everywhere', undefined],
	])('remembers sent leads with %s per %s', (rememberSentLeads, remember) => {
		expect(read({ rememberSentLeads }).remember).toBe(remember);
	});

	it('previews only if the option is exactly true', () => {
		expect([true, 'true', 1].map((previewOnly) => read({ previewOnly }).previewOnly)).toEqual([
			true,
			false,
			false,
		]);
	});
});
