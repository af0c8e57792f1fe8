import { squadVoiceAccounts } from '../../../sandbox';
import { bearer, send, useSandbox } from '../helpers';

const sandbox = useSandbox();
const { v4, standard } = squadVoiceAccounts;

const lead = { lead_id: 'one', phone_number: '+919899550412', contact_name: 'Asha', city: 'Pune' };

async function call(method: string, name: string, json?: unknown, token: string = v4.token) {
	const url = `${sandbox().url}/squadvoice/api/v4/leads/${name}/V4CAMP/`;
	return await send(url, { method, json, headers: bearer(token) });
}

describe('SquadVoice API v4', () => {
	it('creates lists with 201 and rejects a single object', async () => {
		expect((await call('POST', 'create', [lead])).status).toBe(201);
		expect((await call('POST', 'create', lead)).status).toBe(400);
		const reply = await call('POST', 'create', [{ ...lead, contact_name: '' }]);
		expect([reply.status, reply.json]).toEqual([
			400,
			{ detail: 'contact_name: This field is required.' },
		]);
	});

	it('answers 403 to an unknown token', async () => {
		expect((await call('POST', 'create', [lead], 'wrong')).status).toBe(403);
		expect((await call('GET', 'responses', undefined, standard.token)).status).toBe(403);
	});

	it('returns only processed leads, with ISO dates', async () => {
		await call('POST', 'create', [lead, { ...lead, lead_id: 'two', phone_number: '9899550413' }]);
		sandbox().world.squadVoice.process('V4CAMP', 'two', { at: Date.UTC(2018, 11, 3, 14, 36, 38) });
		expect((await call('GET', 'responses')).json).toEqual({
			count: 1,
			next: null,
			previous: null,
			results: [
				{
					phone_number: '+919899550413',
					lead_id: 'two',
					latest_recording_url: expect.stringContaining('https://'),
					campaign_id: 'V4CAMP',
					latest_called_at: '2018-12-03T14:36:38+00:00',
					lead_outcome: 'Connected : Objective Met',
					processed_at: '2018-12-03T14:36:38+00:00',
					contact_name: 'Asha',
					created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00$/),
					lead_responses: {},
					city: 'Pune',
				},
			],
		});
	});

	it('has no call of a lead that was never connected', async () => {
		await call('POST', 'create', [lead]);
		const processed = { outcome: 'Not Connected', responses: { language: 'Hindi' } };
		sandbox().world.squadVoice.process('V4CAMP', 'one', processed);
		expect((await call('GET', 'responses')).json).toMatchObject({
			results: [
				{
					lead_outcome: 'Not Connected',
					latest_called_at: null,
					latest_recording_url: null,
					lead_responses: { language: 'Hindi' },
				},
			],
		});
	});

	it('disables with 201', async () => {
		await call('POST', 'create', [lead]);
		expect((await call('POST', 'disable', [{ lead_id: 'one' }])).status).toBe(201);
		expect((await call('POST', 'disable', { lead_id: 'one' })).status).toBe(201);
		expect(sandbox().world.ledger('squadVoice').disabled).toBe(1);
	});

	it("deletes with 202 and erases the person's data", async () => {
		await call('POST', 'create', [lead]);
		expect((await call('POST', 'delete', { lead_id: 'one' })).status).toBe(202);
		expect((await call('POST', 'delete', { lead_id: 'one' })).status).toBe(404);
		expect((await call('POST', 'delete', {})).status).toBe(400);
		const { squadVoice } = sandbox().world;
		expect(squadVoice.leads.get('V4CAMP|one')).toMatchObject({ phoneNumber: '', contactName: '' });
		expect(squadVoice.ledger().held).toBe(0);
	});

	it('updates with 200 and merges custom fields', async () => {
		await call('POST', 'create', [lead]);
		const change = { lead_id: 'one', contact_name: 'Asha R', score: 5 };
		expect((await call('PATCH', 'update', change)).status).toBe(200);
		expect(sandbox().world.squadVoice.find('V4CAMP', 'one')).toMatchObject({
			contactName: 'Asha R',
			phoneNumber: '+919899550412',
			customFields: { city: 'Pune', score: 5 },
		});
		expect((await call('PATCH', 'update', { lead_id: 'nobody' })).status).toBe(404);
		const bad = { lead_id: 'one', phone_number: 'x' };
		expect((await call('PATCH', 'update', bad)).status).toBe(400);
		expect((await call('POST', 'update', change)).status).toBe(405);
	});

	it('converts with 200, and accepts a code of at most 32 characters', async () => {
		await call('POST', 'create', [lead]);
		const convert = async (lead_id: string, detail?: string) =>
			(await call('POST', 'convert', { lead_id, detail })).status;
		expect(await convert('one', 'SOLD')).toBe(200);
		expect(sandbox().world.squadVoice.find('V4CAMP', 'one')?.convertedWith).toBe('SOLD');
		expect(await convert('one', 'x'.repeat(33))).toBe(400);
		expect(await convert('one')).toBe(400);
		expect(await convert('nobody', 'SOLD')).toBe(404);
	});
});
