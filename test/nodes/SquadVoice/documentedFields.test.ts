import type { IDataObject } from 'n8n-workflow';
import { squadVoiceAccounts } from '../../../sandbox';
import { phoneOf } from '../../support/fixtures';
import { useSandbox } from '../../support/sandbox';
import { affiliate, campaign, indianLead, v4 } from './fixtures';

// The table "How we know: SquadVoice" of docs/vendors.md: each documented field, as it goes over the wire.
const scene = useSandbox();
const digits = phoneOf(0).slice(1);
const lead = { id: 7, phone: phoneOf(0), name: 'Ann Lee', state: 'CA' };
const custom = {
	customFieldsMode: 'define',
	customFields: { field: [{ name: 'plan', value: 'gold' }] },
};
const ebrDate = { additionalFields: { ebrDate: '2026-11-21T09:30:00-05:00' } };
const inV4 = campaign('V4CAMP');

/** Runs the node for one item. @returns the items, and the requests in order */
async function run(
	parameters: IDataObject,
	credentials: IDataObject = {},
	item: IDataObject = lead,
	options: IDataObject = {},
): Promise<{ items: IDataObject[]; requests: object[] }> {
	const before = scene.requests('squadVoice').length;
	const result = await scene.squadVoice({ items: [item], parameters, credentials, options });
	const requests = scene.requests('squadVoice').slice(before);
	return {
		items: result.items.map(({ json }) => json),
		requests: requests.map(({ method, path, query, headers, body }) => ({
			method,
			path,
			query,
			headers: {
				authorization: headers.authorization,
				'content-type': headers['content-type'],
			},
			body,
		})),
	};
}
const asJson = { authorization: 'Bearer ***', 'content-type': 'application/json' };
const post = (path: string, body: unknown) => ({
	method: 'POST',
	path,
	query: {},
	headers: asJson,
	body,
});

describe('requests of SquadVoice have the documented fields', () => {
	it('Create, v1', async () => {
		const { requests } = await run({ ...custom, ...ebrDate });
		const body = {
			lead_id: 7,
			phone_number: digits,
			contact_name: 'Ann Lee',
			state_code: 'CA',
			ebr_datetime: '2026-11-21T14:30:00Z',
			plan: 'gold',
		};
		expect(requests).toEqual([post('/api/v1/leads/create/0PT711/', [body])]);
	});

	it('Create, v1, of an affiliate', async () => {
		const parameters = { ...custom, ...ebrDate, ...campaign('AFF711'), leadId: '' };
		const { requests } = await run(parameters, affiliate);
		const body = {
			lead_id: digits,
			phone_number: digits,
			contact_name: 'Ann Lee',
			affiliate_id: affiliate.affiliateId,
			state_code: 'CA',
			ebr_datetime: '2026-11-21T14:30:00Z',
			plan: 'gold',
		};
		expect(requests).toEqual([post('/api/v1/leads/create/AFF711/', body)]);
	});

	it('Create, v4', async () => {
		const { requests } = await run({ ...custom, ...inV4 }, v4, indianLead);
		const body = {
			lead_id: indianLead.id,
			phone_number: '+919899550412',
			contact_name: 'John Doe',
			plan: 'gold',
		};
		expect(requests).toEqual([post('/api/v4/leads/create/V4CAMP/', [body])]);
	});

	it.each([
		['v1', {}, {}, '0PT711'],
		['v4', inV4, v4, 'V4CAMP'],
	])('Get, Get Many and Disable, %s', async (version, place, credentials, id) => {
		const path = `/api/${version}/leads/responses/${id}/`;
		const get = await run({ ...place, operation: 'get' }, credentials);
		expect(get.requests).toMatchObject([{ method: 'GET', path, query: { lead_id: '7' } }]);
		const filters = { processedAfter: '2026-01-02T03:04:05Z', processedBefore: '2026-02-03' };
		const getMany = { ...place, operation: 'getAll', returnAll: true, filters };
		const query = {
			processed_after: '1767323045000',
			processed_before: expect.stringMatching(/^\d{13}$/),
			page: '1',
			page_size: '100',
		};
		const { requests } = await run(getMany, credentials);
		expect(requests).toMatchObject([
			{ method: 'GET', path, query, headers: { authorization: 'Bearer ***' } },
		]);
		const disable = await run({ ...place, operation: 'disable' }, credentials);
		expect(disable.requests).toEqual([
			post(`/api/${version}/leads/disable/${id}/`, [{ lead_id: 7 }]),
		]);
	});

	it('Update, Delete and Convert, v4', async () => {
		const changes = { phoneNumber: '98995 50413', contactName: 'Jane Doe', ...custom };
		const update = await run({ ...inV4, operation: 'update', ...changes }, v4);
		expect(update.requests).toEqual([
			{
				...post('/api/v4/leads/update/V4CAMP/', {
					lead_id: 7,
					phone_number: '+919899550413',
					contact_name: 'Jane Doe',
					plan: 'gold',
				}),
				method: 'PATCH',
			},
		]);
		const remove = await run({ ...inV4, operation: 'delete' }, v4);
		expect(remove.requests).toEqual([post('/api/v4/leads/delete/V4CAMP/', { lead_id: 7 })]);
		const convert = await run({ ...inV4, operation: 'convert', detail: 'purchase' }, v4);
		expect(convert.requests).toEqual([
			post('/api/v4/leads/convert/V4CAMP/', { lead_id: 7, detail: 'purchase' }),
		]);
	});

	it('the login', async () => {
		const { clientId, clientSecret, username, password } = squadVoiceAccounts.login;
		const login = { authentication: 'login', clientId, clientSecret, username, password };
		const { requests } = await run({}, login);
		expect(requests).toMatchObject([
			{
				method: 'POST',
				path: '/oauth/token/',
				headers: { 'content-type': 'application/x-www-form-urlencoded' },
				body: {
					grant_type: 'password',
					client_id: clientId,
					client_secret: clientSecret,
					username,
					password,
				},
			},
			{ path: '/api/v1/leads/create/0PT711/', headers: asJson },
		]);
	});
});

describe('replies of SquadVoice come out with the documented fields', () => {
	it('v1', async () => {
		await run(custom);
		scene.world.squadVoice.process('0PT711', 7, { outcome: 'Wrong Number', blocks: ['sms'] });
		const [raw] = (await run({ operation: 'get' }, {}, lead, { simplify: false })).items;
		const reply = {
			lead_id: 7,
			phone_number: digits,
			contact_number: digits,
			contact_name: 'Ann Lee',
			created_at: expect.any(Number),
			campaign_id: '0PT711',
			campaign_name: 'Spring Outreach',
			country_code: 'US',
			state_code: 'CA',
			call_attempt_keys: ['call_attempt_Spring Outreach_1'],
			last_call_attempt_keys: ['last_call_attempt_Spring Outreach_1'],
			total_cost: expect.any(Number),
			processed_at: expect.any(Number),
			outcome_name: 'Wrong Number',
			outcome_id: expect.any(Number),
			plan: 'gold',
			'sms_Spring Outreach': expect.objectContaining({ status: 'delivered' }),
		};
		expect(raw).toMatchObject({ raw: reply });
		const [simple] = (await run({ operation: 'get' })).items;
		expect(simple).toMatchObject({
			leadId: '7',
			phoneNumber: phoneOf(0),
			contactName: 'Ann Lee',
			createdAt: expect.stringMatching(/Z$/),
			campaignId: '0PT711',
			state: 'CA',
			processedAt: expect.stringMatching(/Z$/),
			callOutcome: 'Wrong Number',
			lastAttempt: { callReference: 'ref-7', callOutcome: 'Wrong Number' },
			attempts: [{}, { durationSeconds: 42, answers: { question_1: 'Yes' } }],
			customFields: { plan: 'gold' },
		});
	});

	it('v4', async () => {
		await run({ ...custom, ...inV4 }, v4, indianLead);
		const responses = { language: 'Hindi' };
		scene.world.squadVoice.process('V4CAMP', indianLead.id, { responses });
		const get = { ...inV4, operation: 'get' };
		const [raw] = (await run(get, v4, indianLead, { simplify: false })).items;
		expect(raw).toMatchObject({
			raw: {
				lead_id: indianLead.id,
				phone_number: '+919899550412',
				contact_name: 'John Doe',
				created_at: expect.stringMatching(/\+00:00$/),
				campaign_id: 'V4CAMP',
				latest_recording_url: expect.any(String),
				latest_called_at: expect.stringMatching(/\+00:00$/),
				lead_outcome: 'Connected : Objective Met',
				processed_at: expect.stringMatching(/\+00:00$/),
				lead_responses: responses,
				plan: 'gold',
			},
		});
		const [simple] = (await run(get, v4, indianLead)).items;
		expect(simple).toMatchObject({
			leadId: indianLead.id,
			phoneNumber: '+919899550412',
			contactName: 'John Doe',
			createdAt: expect.stringMatching(/Z$/),
			campaignId: 'V4CAMP',
			processedAt: expect.stringMatching(/Z$/),
			callOutcome: 'Connected : Objective Met',
			lastAttempt: {
				callOutcome: 'Connected : Objective Met',
				calledAt: expect.stringMatching(/Z$/),
				recordingUrl: expect.stringMatching(/^https:/),
				answers: responses,
			},
			customFields: { plan: 'gold' },
		});
	});
});
