import { leads, phoneOf } from '../../../../support/fixtures';
import { errorText, outcomesOf } from '../../../../support/results';
import { useSandbox } from '../../../../support/sandbox';
import { affiliate, campaign, indianLead, v4 } from '../../fixtures';

const scene = useSandbox();

describe('SquadVoice: Get Lead', () => {
	it('finds a lead by its ID and lists its calls', async () => {
		await scene.squadVoice({
			items: leads(3),
			parameters: {
				customFieldsMode: 'define',
				customFields: { field: [{ name: 'color', value: 'red' }] },
			},
		});
		scene.world.squadVoice.process('0PT711', 'L1', { outcome: 'Wrong Number', at: 1531409739413 });
		const result = await scene.squadVoice({ items: leads(3), parameters: { operation: 'get' } });
		expect(outcomesOf(result)).toEqual({ found: 3 });
		expect(result.items[0]?.json).toMatchObject({
			leadId: 'L0',
			phoneNumber: phoneOf(0),
			contactName: 'Person 0',
			campaignId: '0PT711',
			state: 'CA',
			processedAt: null,
			callOutcome: null,
			lastAttempt: null,
			attempts: [],
			customFields: { color: 'red' },
		});
		expect(result.items[1]?.json).toMatchObject({
			processedAt: '2018-07-12T15:35:39.413Z',
			callOutcome: 'Wrong Number',
			lastAttempt: {
				callOutcome: 'Wrong Number',
				answers: expect.objectContaining({ status: expect.any(String) }),
			},
		});
		expect(result.items[1]?.json.attempts).toMatchObject([
			{ callOutcome: 'No Answer', calledAt: '2018-07-12T14:35:39.413Z', durationSeconds: 42 },
			{
				callOutcome: 'Wrong Number',
				answers: {
					status: 'review_completed',
					additional_notes: 'Asked for a call next week.',
					question_1: 'Yes',
				},
			},
		]);
		const keys = Object.keys(result.items[1]?.json.customFields ?? {});
		expect(keys).toEqual(['color']);
	});

	it('returns the raw record when Simplify is off', async () => {
		await scene.squadVoice({ items: leads(1) });
		const result = await scene.squadVoice({
			items: leads(1),
			parameters: { operation: 'get' },
			options: { simplify: false },
		});
		expect(result.items[0]?.json).toMatchObject({
			outcome: 'found',
			raw: { lead_id: 'L0', call_attempt_keys: [], country_code: 'US' },
		});
	});

	it('reports a missing lead without failing', async () => {
		const result = await scene.squadVoice({ items: leads(1), parameters: { operation: 'get' } });
		expect(result.items[0]?.json).toEqual({
			outcome: 'notFound',
			leadId: 'L0',
			campaignId: '0PT711',
		});
	});

	it('returns a processed lead from API v4', async () => {
		await scene.squadVoice({
			items: [indianLead],
			credentials: v4,
			parameters: campaign('V4CAMP'),
		});
		scene.world.squadVoice.process('V4CAMP', indianLead.id);
		const result = await scene.squadVoice({
			items: [indianLead],
			credentials: v4,
			parameters: { ...campaign('V4CAMP'), operation: 'get' },
		});
		expect(result.items[0]?.json).toMatchObject({
			outcome: 'found',
			leadId: indianLead.id,
			phoneNumber: '+919899550412',
			callOutcome: 'Connected : Objective Met',
			lastAttempt: { recordingUrl: expect.any(String), answers: expect.any(Object) },
		});
	});

	it('returns answers and custom fields of a lead that was never connected', async () => {
		await scene.squadVoice({
			items: [{ ...indianLead, sms_consent: 'yes' }],
			credentials: v4,
			parameters: { ...campaign('V4CAMP'), customFieldsMode: 'auto' },
		});
		scene.world.squadVoice.process('V4CAMP', indianLead.id, {
			outcome: 'Not Connected',
			responses: { language: 'Hindi' },
		});
		const result = await scene.squadVoice({
			items: [indianLead],
			credentials: v4,
			parameters: { ...campaign('V4CAMP'), operation: 'get' },
		});
		expect(result.items[0]?.json).toMatchObject({
			callOutcome: 'Not Connected',
			lastAttempt: {
				callOutcome: 'Not Connected',
				calledAt: null,
				recordingUrl: null,
				answers: { language: 'Hindi' },
			},
			customFields: { sms_consent: 'yes' },
		});
	});

	it('rejects an affiliate account, which can only create', async () => {
		const result = await scene.squadVoice({
			items: leads(1),
			credentials: affiliate,
			parameters: { ...campaign('AFF711'), operation: 'get' },
		});
		expect(errorText(result)).toMatch(/affiliate account can only create/);
		expect(scene.world.requests).toHaveLength(0);
	});
});
