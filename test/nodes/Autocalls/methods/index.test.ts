import { NodeOperationError } from 'n8n-workflow';
import { autocallsAccounts } from '../../../../sandbox';
import { searchDropDown } from '../../../support/engine/dropDown';
import { useSandbox } from '../../../support/sandbox';

const scene = useSandbox();

describe('Autocalls campaign drop-down', () => {
	const search = async (filter?: string, more = {}) =>
		await searchDropDown(
			'autocalls',
			'searchCampaigns',
			{
				leadDispatchAutocallsApi: {
					baseUrl: `${scene.url}/autocalls`,
					apiKey: autocallsAccounts.one.key,
					...more,
				},
			},
			{ filter },
		);

	it('lists all campaigns by name', async () => {
		const { results } = await search();
		expect(results.length).toBeGreaterThanOrEqual(30);
		const names = results.map(({ name }) => name);
		expect(names).toEqual([...names].sort((a, b) => a.localeCompare(b)));
	});

	it('lists the campaigns that contain the filter, in any case', async () => {
		const { results } = await search('WINBACK');
		expect(results).toEqual([{ name: expect.stringContaining('Winback'), value: 2 }]);
		expect((await search('no such campaign')).results).toEqual([]);
	});

	it('shows an error of the API instead of an empty list', async () => {
		await expect(search('', { apiKey: 'wrong' })).rejects.toThrow(/did not accept the credential/);
		scene.world.faults.add({
			kind: 'status',
			status: 403,
			body: { message: 'No campaigns for you' },
		});
		await expect(search()).rejects.toThrow(/No campaigns for you/);
		await expect(search('', { baseUrl: 'http://example.com' })).rejects.toThrow(/https/);
		// The node and n8n share one n8n-workflow, in test:compat too: n8n knows its errors by their class.
		await expect(search('', { apiKey: 'wrong' })).rejects.toBeInstanceOf(NodeOperationError);
	});
});
