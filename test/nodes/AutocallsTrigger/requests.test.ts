import { useAutocallsTrigger } from '../../support/triggers/autocalls';
import { useSandbox } from '../../support/sandbox';
import { post } from '../../support/triggers/ActiveTrigger';
import type { ActiveTrigger } from '../../support/triggers/ActiveTrigger';

const scene = useSandbox();
const { openForCalls, webhookOf } = useAutocallsTrigger(scene);

async function activate(): Promise<ActiveTrigger> {
	const active = await openForCalls();
	await active.activate();
	return active;
}

describe('Autocalls Trigger: invalid requests', () => {
	const body = JSON.stringify({ id: 1, status: 'completed' });

	it('rejects every other token with 401, and starts nothing', async () => {
		const active = await activate();
		const url = webhookOf(501) ?? '';
		const base = url.slice(0, -48);
		const token = url.slice(-48);
		const wrong = ['', 'x', token.slice(1), `${token}0`, token.toUpperCase(), `${token}&token=x`];
		const statuses = [];
		for (const attempt of wrong) {
			statuses.push(await post(`${base}${attempt}`, body, { 'x-webhook-token': token }));
		}
		expect(statuses).toEqual(wrong.map(() => 401));
		expect(await post(active.webhookUrl, body, { authorization: `Bearer ${token}` })).toBe(401);
		expect(await post(`${active.webhookUrl}/${token}`, body)).toBe(404);
		expect(active.executions).toEqual([]);
	});

	it('answers a body that is too large, not JSON or not POST, and starts nothing', async () => {
		const active = await activate();
		const url = webhookOf(501) ?? '';
		const large = JSON.stringify({ id: 1, transcript: 'x'.repeat(1024 * 1024) });
		expect(await post(url, large)).toBe(413);
		expect(await post(url, '{"id":')).toBe(422);
		expect(await post(url, '{"id":', { 'content-type': 'text/plain' })).toBe(400);
		expect(await post(url, '')).toBe(400);
		expect(await post(url, body, {}, 'GET')).toBe(404);
		expect(await post(url, body, {}, 'PUT')).toBe(404);
		for (const text of ['null', '[]', '"x"', '{}', '{"id":null}', '{"id":{}}', '{"status":"x"}']) {
			expect(await post(url, text)).toBe(200);
		}
		expect(active.executions).toEqual([]);
		expect(active.failures).toEqual([]);
	});

	it('outputs a payload with values of other types', async () => {
		const active = await activate();
		const odd = { id: 9, status: 7, lead: 'x', extracted_variables: [1], customer_phone: {} };
		expect(await post(webhookOf(501) ?? '', JSON.stringify(odd))).toBe(200);
		expect(active.items()).toEqual([
			expect.objectContaining({ callId: '9', leadId: null, phoneNumber: null, answers: {} }),
		]);
	});
});
