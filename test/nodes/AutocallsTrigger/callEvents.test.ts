import type { AutocallsCall, CallOptions } from '../../../sandbox';
import { useAutocallsTrigger } from '../../support/triggers/autocalls';
import { useSandbox } from '../../support/sandbox';
import { post } from '../../support/triggers/ActiveTrigger';
import type { ActiveTrigger } from '../../support/triggers/ActiveTrigger';

const scene = useSandbox();
const { openForCalls, webhookOf } = useAutocallsTrigger(scene);
const autocalls = () => scene.world.autocalls;

const callIds = (active: ActiveTrigger) => active.items().map(({ callId }) => String(callId));

async function activate(wishes: Record<string, unknown> = {}): Promise<ActiveTrigger> {
	const active = await openForCalls(wishes);
	await active.activate();
	return active;
}

/** A lead of campaign 1 is called by assistant 501. */
function call(wish: CallOptions = {}): AutocallsCall {
	const [lead] = autocalls().seedLeads(1, 1);
	return autocalls().call(lead?.id ?? 0, wish);
}

/** What was answered to each attempt so far, once all have been made. */
async function answers(): Promise<Array<number | undefined>> {
	await scene.world.deliveries.settled();
	return scene.world.deliveries.log.flatMap(({ attempts }) => attempts.map(({ status }) => status));
}

describe('Autocalls Trigger: calls', () => {
	it('starts once for each call of the selected assistants, and for no other', async () => {
		const active = await activate({ assistants: ['501', '513'] });
		const first = call();
		const second = autocalls().callIn(513, '+12065550123');
		autocalls().callIn(514, '+12065550124');
		expect(await answers()).toEqual([200, 200]);
		expect(callIds(active).sort()).toEqual([String(first.id), String(second.id)]);
		expect(active.executions.map((items) => items.length)).toEqual([1, 1]);
	});

	it('outputs the lead in the field names of the Autocalls node', async () => {
		const active = await activate();
		const created = await scene.autocalls({
			items: [{ phone: '+12062000007' }],
			parameters: { variables: { parameters: [] } },
		});
		const lead = created.items[0]?.json;
		expect(lead).toMatchObject({ leadId: 1, phoneNumber: '+12062000007', campaignId: 1 });
		const { id } = autocalls().call(1, { extracted: { budget: 100, nested: { a: 1 }, note: '' } });
		await scene.world.deliveries.settled();
		expect(active.items()).toEqual([
			{
				event: 'call.ended',
				callId: String(id),
				leadId: lead?.leadId,
				phoneNumber: lead?.phoneNumber,
				campaignId: lead?.campaignId,
				campaignName: 'Spring Outreach',
				leadStatus: 'completed',
				variables: {},
				createdAt: expect.any(String),
				updatedAt: expect.any(String),
				callOutcome: 'completed',
				callStatus: 'completed',
				summary: 'Wants to hear more about the offer',
				durationSeconds: 125,
				recordingUrl: `https://recordings.example.com/call-${id}.mp4`,
				answers: {
					budget: 100,
					note: '',
					status: true,
					summary: 'Wants to hear more about the offer',
				},
				inputVariables: {},
				transcript: expect.stringMatching(/^AI: .+\nCustomer: .+$/),
				assistantPhoneNumber: '+12065550501',
				calledAt: expect.any(String),
				finishedAt: expect.any(String),
			},
		]);
	});

	it('uses the evaluation of the assistant as the call outcome', async () => {
		const active = await activate();
		call({ extracted: { status: 'appointment set' } });
		await scene.world.deliveries.settled();
		expect(active.items()[0]).toMatchObject({
			callOutcome: 'appointment set',
			callStatus: 'completed',
		});
	});

	it('outputs a call without a lead: no lead ID, and the phone number of the caller', async () => {
		const active = await activate({ assistants: ['513'] });
		autocalls().callIn(513, '+12065550123');
		autocalls().campaignBesideLead = true;
		autocalls().callIn(513, null);
		await scene.world.deliveries.settled();
		const about = { leadId: null, campaignId: null, callOutcome: 'completed', variables: {} };
		expect(active.items()).toEqual([
			expect.objectContaining({ ...about, phoneNumber: '+12065550123' }),
			expect.objectContaining({ ...about, phoneNumber: null }),
		]);
	});

	it.each([
		['text as transcript', { transcriptAsText: true }],
		['no recording', { recordingInWebhook: false }],
		['the campaign beside the lead', { campaignBesideLead: true }],
	])('accepts a payload with %s', async (_what, settings) => {
		const active = await activate();
		Object.assign(autocalls(), settings);
		call();
		expect(await answers()).toEqual([200]);
		expect(active.items()).toEqual([
			expect.objectContaining({
				event: 'call.ended',
				leadId: 1,
				campaignId: 1,
				campaignName: 'Spring Outreach',
				inputVariables: { customer_name: 'Seed Lead 1' },
				transcript: expect.stringMatching(/^AI: .+\nCustomer: .+$/),
			}),
		]);
	});

	it("outputs Autocalls' own payload when Simplify is off", async () => {
		const active = await activate({ options: { simplify: false } });
		const { id } = call();
		await scene.world.deliveries.settled();
		expect(active.items()).toEqual([
			{
				event: 'call.ended',
				callId: String(id),
				raw: expect.objectContaining({ id, lead: expect.objectContaining({ id: 1 }) }),
			},
		]);
		const [delivery] = scene.world.deliveries.log;
		expect(active.items()[0]?.raw).toEqual(JSON.parse(delivery?.job.body ?? ''));
	});

	it('starts once for a call that is redelivered and replayed, also after a restart', async () => {
		const active = await activate();
		const { id } = call();
		await scene.world.deliveries.settled();
		autocalls().webhooks.redeliver(id);
		const replays = await autocalls().webhooks.replay(id, 5);
		await active.restart();
		autocalls().webhooks.redeliver(id);
		await scene.world.deliveries.settled();
		expect(replays.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
		expect(active.executions).toHaveLength(1);
	});

	it('starts once for a call that arrives five times at the same time', async () => {
		const active = await activate();
		const { url = '' } = { url: webhookOf(501) ?? '' };
		const body = JSON.stringify({ id: 7, status: 'completed' });
		await Promise.all(Array.from({ length: 5 }, async () => await post(url, body)));
		expect(callIds(active)).toEqual(['7']);
	});

	it('starts once for each call without an ID, by what else its body says', async () => {
		const active = await activate();
		const url = webhookOf(501) ?? '';
		const bodies = [
			{ customer_phone: '+12065550123', status: 'completed', created_at: '2026-01-15T10:30:00Z' },
			{ customer_phone: '+12065550123', status: 'completed', created_at: '2026-01-15T10:40:00Z' },
		].map((body) => JSON.stringify(body));
		for (const body of [...bodies, ...bodies]) expect(await post(url, body)).toBe(200);
		expect(active.executions).toHaveLength(2);
		expect(active.items()[0]).toMatchObject({ callId: null, phoneNumber: '+12065550123' });
	});

	it('accepts calls in any order', async () => {
		const active = await activate();
		autocalls().webhooks.hold();
		const ids = [call(), call(), call()].map(({ id }) => String(id));
		await autocalls().webhooks.release();
		expect(callIds(active)).toEqual(ids.reverse());
	});

	it('starts the workflow with a redelivery after n8n has failed', async () => {
		const active = await activate();
		active.outOfOrder = true;
		scene.world.deliveries.speed = 10_000;
		const { id } = call();
		await scene.world.deliveries.settled();
		expect(active.executions).toEqual([]);
		active.outOfOrder = false;
		autocalls().webhooks.redeliver(id);
		await scene.world.deliveries.settled();
		expect(callIds(active)).toEqual([String(id)]);
	});
});
