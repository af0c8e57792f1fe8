import { onError } from '../../../support/fixtures';
import { errorText, outcomesOf } from '../../../support/results';
import { useSandbox } from '../../../support/sandbox';

const scene = useSandbox();

const NO_ROUTE = { message: 'The route api/user/leads/1 could not be found.' };
const PAGE = '<!DOCTYPE html><html><body><h1>404 Not Found</h1></body></html>';

const disable = { operation: 'disable', findBy: 'phone' };
const update = {
	operation: 'update',
	leadId: '={{ $json.leadId }}',
	updateFields: { status: 'completed' },
};
const remove = { operation: 'delete', leadId: '={{ $json.leadId }}' };

/** Fills campaign 1 with leads. @returns one item for each, with its ID */
const seed = (count: number) =>
	scene.world.autocalls.seedLeads(1, count).map(({ id, phoneNumber }) => ({
		leadId: id,
		phone: phoneNumber,
	}));
const statusOf = (id: number) => scene.world.autocalls.leads.get(id)?.status;
/** The paths of the writes, in order. */
const paths = () =>
	scene
		.requests('autocalls')
		.filter(({ method }) => method !== 'GET')
		.map(({ path }) => path);
/** The reply to each write at the documented path. */
const answer404 = (body: unknown) =>
	scene.world.faults.add({ kind: 'status', status: 404, path: /^\/user\/leads\/\d+$/, body });

describe('Autocalls: a host that updates leads at another path', () => {
	beforeEach(() => {
		scene.world.autocalls.updatesBelowRoot = true;
	});

	it('disables leads at the path that the host has', async () => {
		const result = await scene.autocalls({ items: seed(1), parameters: disable });
		expect(outcomesOf(result)).toEqual({ disabled: 1 });
		expect(statusOf(1)).toBe('completed');
		expect(paths()).toEqual(['/user/leads/1', '/leads/1']);
	});

	it('sends there what the documented path gets', async () => {
		await scene.autocalls({
			items: seed(1),
			parameters: {
				...update,
				updateFields: { campaignId: '2', phoneNumber: '+12062000009', status: 'created' },
				customFieldsMode: 'define',
				customFields: { field: [{ name: 'a', value: '1' }] },
			},
		});
		const body = {
			campaign_id: 2,
			phone_number: '+12062000009',
			status: 'created',
			variables: { a: '1' },
		};
		expect(scene.requests('autocalls')).toMatchObject([
			{ method: 'PUT', path: '/user/leads/1', body },
			{ method: 'PUT', path: '/leads/1', body, effect: true },
		]);
	});

	it('asks once per run where leads are updated', async () => {
		const result = await scene.autocalls({
			items: seed(5),
			parameters: update,
			options: { requestsAtOnce: 1 },
		});
		expect(outcomesOf(result)).toEqual({ updated: 5 });
		expect(paths()).toEqual([
			'/user/leads/1',
			'/leads/1',
			'/leads/2',
			'/leads/3',
			'/leads/4',
			'/leads/5',
		]);
	});

	it('says of a lead that is not there that it is not found', async () => {
		const result = await scene.autocalls({ items: [{ leadId: 9 }], parameters: update });
		expect(outcomesOf(result)).toEqual({ notFound: 1 });
	});

	it('deletes leads at the documented path', async () => {
		expect(outcomesOf(await scene.autocalls({ items: seed(1), parameters: remove }))).toEqual({
			deleted: 1,
		});
	});

	it('does not try the other path after an attempt without a reply', async () => {
		scene.world.faults.add({ kind: 'status', status: 502, method: 'PUT', nth: 1 });
		const result = await scene.autocalls({
			items: seed(1),
			parameters: update,
			settings: onError.continue,
		});
		expect(outcomesOf(result)).toEqual({ unknown: 1 });
		expect(paths()).toEqual(['/user/leads/1', '/user/leads/1']);
	});

	it('is sent again to the path that the host has by a retry of the node', async () => {
		scene.world.faults.add({ kind: 'resetAfter', method: 'PUT', path: /^\/leads/, times: 5 });
		const result = await scene.autocalls({
			items: seed(1),
			parameters: update,
			settings: { ...onError.continue, retryOnFail: true, maxTries: 2, waitBetweenTries: 1 },
		});
		expect(statusOf(1)).toBe('completed');
		expect(outcomesOf(result)).not.toHaveProperty('notFound');
	});
});

describe('Autocalls: a 404 that is not about the lead', () => {
	it.each([
		['disable', disable],
		['update', update],
		['delete', remove],
	])(
		'%s: is an error that names the path, not a lead that is not found',
		async (_what, parameters) => {
			const items = seed(1);
			for (const body of [NO_ROUTE, PAGE, { message: '' }, { message: 'Not Found' }]) {
				scene.world.faults.clear();
				answer404(body);
				const result = await scene.autocalls({ items, parameters, settings: onError.continue });
				expect(outcomesOf(result)).toEqual({ refused: 1 });
				expect(String(result.items[0]?.json.error)).toMatch(
					/(PUT|DELETE) \/user\/leads\/1.* asks for \(HTTP 404/,
				);
			}
			expect(statusOf(1)).toBe('created');
		},
	);

	it('names both paths where a host has neither, and what to check', async () => {
		answer404(NO_ROUTE);
		const text = errorText(await scene.autocalls({ items: seed(1), parameters: update }));
		expect(text).toContain('PUT /user/leads/1 and PUT /leads/1');
		expect(text).toMatch(/Check the Base URL/);
	});

	it('tries the other path once per run', async () => {
		answer404(NO_ROUTE);
		await scene.autocalls({
			items: seed(3),
			parameters: update,
			options: { requestsAtOnce: 1 },
			settings: onError.continue,
		});
		expect(paths()).toEqual(['/user/leads/1', '/leads/1', '/user/leads/2', '/user/leads/3']);
	});

	it('does not try the other path where the reply is not about the route', async () => {
		answer404({ message: 'Not Found' });
		await scene.autocalls({ items: seed(1), parameters: update, settings: onError.continue });
		expect(paths()).toEqual(['/user/leads/1']);
	});

	it("an unknown campaign is an error in Autocalls' words", async () => {
		const result = await scene.autocalls({
			items: seed(1),
			parameters: { ...update, updateFields: { campaignId: '999' } },
			settings: onError.continue,
		});
		expect(outcomesOf(result)).toEqual({ refused: 1 });
		expect(result.items[0]?.json.details).toMatchObject({
			vendorMessage: 'Campaign not found',
			httpCode: 404,
		});
	});

	it.each([['Lead not found'], ['No query results for model [App\\Models\\Lead] 1']])(
		'a lead that is not there is not found: %s',
		async (message) => {
			answer404({ message });
			const result = await scene.autocalls({ items: [{ leadId: 1 }], parameters: update });
			expect(result.items[0]?.json).toMatchObject({ outcome: 'notFound', leadId: 1 });
		},
	);
});
