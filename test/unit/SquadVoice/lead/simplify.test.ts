/* eslint-disable @n8n/community-nodes/no-restricted-globals -- a test, which never runs inside n8n */
import { simplifyLead } from '../../../../nodes/SquadVoice/lead/simplify';

test('an empty lead has null for what is missing', () => {
	expect(simplifyLead({})).toEqual({
		leadId: null,
		phoneNumber: null,
		contactName: null,
		campaignId: null,
		state: null,
		createdAt: null,
		processedAt: null,
		callOutcome: null,
		lastAttempt: null,
		attempts: [],
		customFields: {},
	});
});

describe('phone numbers', () => {
	it.each([
		['15095551234', '+15095551234'],
		['+15095551234', '+15095551234'],
		['5095551', '5095551'],
		[undefined, null],
	])('%s is %s', (phone, expected) => {
		expect(simplifyLead({ phone_number: phone }).phoneNumber).toBe(expected);
	});
});

describe('dates', () => {
	it.each([
		[1_668_567_868_123, '2022-11-16T03:04:28.123Z'],
		['2022-11-16T03:04:28Z', '2022-11-16T03:04:28.000Z'],
		['soon', null],
		['', null],
	])('%s is %s', (date, expected) => {
		expect(simplifyLead({ created_at: date }).createdAt).toBe(expected);
	});

	describe('without a zone are UTC, wherever n8n runs', () => {
		const { TZ } = process.env;
		beforeAll(() => (process.env.TZ = 'Asia/Kolkata'));
		afterAll(() => {
			if (TZ === undefined) delete process.env.TZ;
			else process.env.TZ = TZ;
		});

		it.each([
			['2018-12-03T14:36:38', '2018-12-03T14:36:38.000Z'],
			['2018-12-03 14:36:38.250', '2018-12-03T14:36:38.250Z'],
			['2018-12-03T14:36:38+05:30', '2018-12-03T09:06:38.000Z'],
		])('%s is %s', (time, expected) => {
			expect(new Date(0).getTimezoneOffset()).toBe(-330);
			const lead = simplifyLead({
				created_at: time,
				processed_at: time,
				latest_called_at: time,
			});
			expect(lead).toMatchObject({ createdAt: expected, processedAt: expected });
			expect(lead.lastAttempt).toMatchObject({ calledAt: expected });
		});
	});
});

describe('call attempts of v1', () => {
	const attempt = (calledAt: number, more: object = {}) => ({
		reference_id: `ref ${calledAt}`,
		outcome_name: 'Answered',
		outcome_id: 3,
		called_at: calledAt,
		call_duration: 61,
		...more,
	});

	it('are read by the keys that the lead names, oldest first', () => {
		const { attempts } = simplifyLead({
			call_attempt_keys: ['call_attempt_b', 'call_attempt_a', 'call_attempt_missing'],
			call_attempt_a: [attempt(1000), attempt(3000)],
			call_attempt_b: [attempt(2000)],
		});
		expect(attempts).toEqual(
			[1000, 2000, 3000].map((calledAt) =>
				expect.objectContaining({
					callReference: `ref ${calledAt}`,
					calledAt: new Date(calledAt).toISOString(),
					durationSeconds: 61,
				}),
			),
		);
	});

	it('the last one is the newest, with its answers in order', () => {
		const answers = { report_keys_order: ['plan', 'none'], plan: 'gold', other: 'x' };
		const { lastAttempt } = simplifyLead({
			last_call_attempt_keys: ['last_call_attempt_a', 'last_call_attempt_b'],
			last_call_attempt_a: attempt(3000, answers),
			last_call_attempt_b: attempt(2000),
		});
		expect(lastAttempt).toMatchObject({
			callReference: 'ref 3000',
			answers: { plan: 'gold', none: null },
		});
	});

	it('do not show up among the custom fields', () => {
		const { customFields } = simplifyLead({
			call_attempt_a: [],
			ivr_1: {},
			state_code: 'CA',
			plan: 'gold',
			list: ['a'],
		});
		expect(customFields).toEqual({ plan: 'gold', list: null });
	});
});

describe('custom fields', () => {
	const own = {
		sms_consent: 'yes',
		ivr_language: 'es',
		gmail_address: 'a@example.com',
		call_attempt_limit: 3,
		last_call_attempt_note: 'none',
	};

	it.each([
		['v1', { call_attempt_keys: [], last_call_attempt_keys: [] }],
		['v4', { lead_outcome: 'Interested', lead_responses: {} }],
	])('keep names that begin like a block of the vendor: %s', (_version, lead) => {
		const blocks = { sms_Spring: { status: 'delivered' }, call_attempt_Spring_1: [{}] };
		expect(simplifyLead({ ...lead, ...blocks, ...own }).customFields).toEqual({
			...own,
			call_attempt_limit: '3',
		});
	});

	it('keep names that only the other API version has', () => {
		const v1Names = { country_code: 'US', total_cost: 9, outcome_id: 'x' };
		expect(simplifyLead({ lead_outcome: 'Interested', ...v1Names }).customFields).toEqual({
			country_code: 'US',
			total_cost: '9',
			outcome_id: 'x',
		});
		const v4Names = { lead_outcome: 'won', latest_called_at: '2022-11-16T03:04:28Z' };
		const lead = simplifyLead({ call_attempt_keys: [], ...v4Names });
		expect(lead.customFields).toEqual(v4Names);
		expect(lead).toMatchObject({ callOutcome: null, lastAttempt: null });
	});
});

test('the last call of v4', () => {
	const lead = simplifyLead({
		latest_called_at: '2022-11-16T03:04:28Z',
		lead_outcome: 'Interested',
		latest_recording_url: 'https://example.com/r',
		lead_responses: { plan: 'gold' },
	});
	expect(lead.callOutcome).toBe('Interested');
	expect(lead.lastAttempt).toEqual({
		callOutcome: 'Interested',
		calledAt: '2022-11-16T03:04:28.000Z',
		recordingUrl: 'https://example.com/r',
		answers: { plan: 'gold' },
	});
});

describe('a lead of v4 that was never connected', () => {
	it.each([{}, { latest_called_at: null }, { latest_called_at: '' }])(
		'keeps its recording and answers: %j',
		(more) => {
			const lead = simplifyLead({
				lead_outcome: 'Not Connected',
				latest_recording_url: 'https://example.com/r',
				lead_responses: { plan: 'gold' },
				...more,
			});
			expect(lead.callOutcome).toBe('Not Connected');
			expect(lead.lastAttempt).toEqual({
				callOutcome: 'Not Connected',
				calledAt: null,
				recordingUrl: 'https://example.com/r',
				answers: { plan: 'gold' },
			});
		},
	);

	it('has no last attempt if SquadVoice says nothing of one', () => {
		const lead = simplifyLead({ lead_outcome: 'Not Connected', lead_responses: {} });
		expect(lead).toMatchObject({ callOutcome: 'Not Connected', lastAttempt: null });
	});
});
