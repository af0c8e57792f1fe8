import { leads, onError, phoneOf } from '../support/fixtures';
import { outcomesOf } from '../support/results';
import { useSandbox } from '../support/sandbox';

const scene = useSandbox();

describe('Output items', () => {
	it('have no top-level error key when successful, whatever vendor and input hold', async () => {
		const items = leads(2).map((lead) => ({ ...lead, error: 'from the form', details: 'x' }));
		const created = await scene.squadVoice({ items, parameters: { customFieldsMode: 'auto' } });
		expect(scene.world.squadVoice.find('0PT711', 'L0')?.customFields).toMatchObject({
			error: 'from the form',
		});
		scene.world.squadVoice.process('0PT711', 'L0');
		for (const simplify of [true, false]) {
			const got = await scene.squadVoice({
				items: items.slice(0, 1),
				parameters: { operation: 'get' },
				options: { simplify },
				settings: { ...onError.branch, retryOnFail: true },
			});
			expect(got.errors).toHaveLength(0);
			for (const { json } of [...created.items, ...got.items])
				expect(json).not.toHaveProperty('error');
		}
	});

	it.each([onError.continue, onError.branch])(
		'of a failure begin with its outcome and error, and have the columns of the row (%j)',
		async (settings) => {
			const items = [{ ...leads(1)[0], phone: 'x' }, ...leads(3).slice(1)];
			scene.world.faults.add({ kind: 'status', status: 400, body: { message: 'No' }, nth: 1 });
			const result = await scene.aktify({ items, settings, options: { requestsAtOnce: 1 } });
			const failed = settings === onError.branch ? result.errors : result.items.slice(0, 2);
			const columns = ['outcome', 'error', 'itemIndex', 'id', 'phone', 'name', 'state', 'details'];
			expect(failed.map(({ json }) => Object.keys(json))).toEqual([columns, columns]);
			expect(failed[0]).toEqual({
				json: {
					...items[0],
					outcome: 'notSent',
					error: expect.stringContaining('Phone Number'),
					itemIndex: 0,
					details: { outcome: 'notSent', itemIndex: 0, description: expect.any(String) },
				},
				pairedItem: { item: 0 },
			});
			expect(failed[1]).toMatchObject({ json: { ...items[1], outcome: 'refused', itemIndex: 1 } });
			const [sent] = result.items.slice(-1);
			const names = Object.keys(sent?.json ?? {});
			expect(names.slice(0, 2)).toEqual(['outcome', 'phoneNumber']);
			expect(names.slice(names.indexOf('itemIndex'))).toEqual(
				expect.arrayContaining(['id', 'phone']),
			);
			expect(sent?.json).toMatchObject({ outcome: 'created', itemIndex: 2, ...items[2] });
		},
	);

	it('of a failure have their columns where the whole node fails', async () => {
		scene.world.faults.add({ kind: 'status', status: 401, times: 100 });
		const items = leads(2);
		const { errors } = await scene.aktify({ items, settings: onError.branch });
		expect(errors.map(({ json }) => [json.outcome, json.id])).toEqual([
			['notSent', 'L0'],
			['notSent', 'L1'],
		]);
	});

	it('have the columns of the row, unless Include Input Fields is off', async () => {
		const items = leads(1);
		const own = { outcome: 'created', leadId: 'L0', phoneNumber: phoneOf(0), campaignId: '0PT711' };
		const included = await scene.squadVoice({ items });
		expect(included.items[0]?.json).toEqual({ ...own, itemIndex: 0, ...items[0] });
		const options = { includeInputFields: false };
		const without = await scene.squadVoice({ items, options });
		expect(without.items[0]?.json).toEqual({ ...own, itemIndex: 0 });
		const read = await scene.squadVoice({ items, parameters: { operation: 'get' } });
		expect(read.items[0]?.json).not.toHaveProperty('itemIndex');
		expect(read.items[0]?.json).not.toHaveProperty('phone');
	});

	it('keep our own field where a column has its name, and are not run again for a column error', async () => {
		const row = { ...leads(1)[0], phoneNumber: 'mine', outcome: 'won', error: 'E42', note: 'late' };
		const settings = { ...onError.continue, retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
		const result = await scene.aktify({ items: [row], settings });
		const json = result.items[0]?.json;
		const own = { outcome: 'created', phoneNumber: phoneOf(0), itemIndex: 0 };
		expect(json).toMatchObject({ ...leads(1)[0], ...own, note: 'late' });
		expect(json).not.toHaveProperty('error');
		expect(scene.requests('aktify')).toHaveLength(1);
	});

	it('are known to the next node, which sends on the columns of the row only', async () => {
		const rows = leads(2).map((lead) => ({ ...lead, note: 'call late', color: 'red' }));
		const items = [...rows, { ...rows[1], color: 'blue' }, { ...rows[0], phone: 'x' }];
		const first = await scene.squadVoice({ items, settings: onError.branch });
		expect(outcomesOf(first)).toEqual({ created: 2, duplicate: 1, notSent: 1 });
		const answers = [...first.items, ...first.errors].map(({ json }) => ({
			...json,
			phone: json.phone,
		}));
		await scene.aktify({
			items: answers,
			parameters: { customFieldsMode: 'auto' },
			settings: onError.continue,
		});
		const sent = scene.requests('aktify').map(({ body }) => Object.keys(Object(body).metadata));
		expect(sent).toHaveLength(2);
		for (const names of sent) {
			expect(names.sort()).toEqual(
				['campaignId', 'color', 'leadId', 'name', 'note', 'phoneNumber'].sort(),
			);
		}
	});

	it('have nothing that would route an error to the success output', async () => {
		const items = [{ ...leads(1)[0], phone: 'x' }, ...leads(3).slice(1)];
		scene.world.faults.add({
			kind: 'status',
			status: 400,
			body: { message: 'No', error: 'No' },
			nth: 1,
		});
		const regular = await scene.aktify({
			items,
			settings: onError.continue,
			options: { requestsAtOnce: 1 },
		});
		for (const { error } of regular.items) expect(error).toBeUndefined();
		const branched = await scene.aktify({ items, settings: onError.branch });
		expect(branched.errors).toHaveLength(1);
		expect(branched.errors[0]?.json).toMatchObject({
			...items[0],
			error: expect.stringContaining('Phone Number'),
			details: { outcome: 'notSent', itemIndex: 0, description: expect.any(String) },
		});
	});

	it("describe a failure with the status, the vendor's message and what to do", async () => {
		scene.world.faults.add({
			kind: 'status',
			status: 400,
			body: { message: 'region is no state' },
		});
		const result = await scene.aktify({ items: leads(1), settings: onError.branch });
		expect(result.errors[0]?.json).toMatchObject({
			error: 'Aktify refused the request (HTTP 400: region is no state)',
			details: {
				outcome: 'refused',
				httpCode: 400,
				vendorMessage: 'region is no state',
				description: expect.stringMatching(/state or ZIP code/),
			},
		});
	});

	it('are summarized in a hint after the run', async () => {
		await scene.aktify({ items: leads(61) });
		const items = [...leads(945), ...Array(55).fill({ phone: 'x', state: 'CA' })];
		const result = await scene.aktify({ items, settings: onError.continue });
		expect(result.hints.map(({ message }) => message)).toEqual([
			'Aktify: 884 created, 61 duplicates, 55 not sent',
		]);
		expect(outcomesOf(result)).toEqual({ created: 884, duplicate: 61, notSent: 55 });
	});

	describe('with Preview Only', () => {
		it('show the request of each lead, and none is sent', async () => {
			const items = [...leads(3), leads(1)[0] ?? {}];
			const result = await scene.squadVoice({ items, options: { previewOnly: true } });
			expect(scene.world.requests).toHaveLength(0);
			expect(outcomesOf(result)).toEqual({ preview: 3, duplicate: 1 });
			expect(result.items[1]?.json).toEqual({
				outcome: 'preview',
				leadId: 'L1',
				phoneNumber: phoneOf(1),
				campaignId: '0PT711',
				itemIndex: 1,
				...items[1],
				request: {
					method: 'POST',
					url: `${scene.url}/squadvoice/api/v1/leads/create/0PT711/`,
					body: [
						{
							lead_id: 'L1',
							phone_number: phoneOf(1).slice(1),
							contact_name: 'Person 1',
							state_code: 'CA',
						},
					],
				},
			});
			expect(JSON.stringify(result.items)).not.toContain('sandbox-squadvoice-token');
		});

		it.each([
			['aktify', 'disable'],
			['aktify', 'create'],
			['squadVoice', 'disable'],
		] as const)('%s %s sends nothing', async (vendor, operation) => {
			const result = await scene[vendor]({
				items: leads(5),
				parameters: { operation },
				options: { previewOnly: true },
			});
			expect(scene.world.requests).toHaveLength(0);
			expect(outcomesOf(result)).toEqual({ preview: 5 });
		});

		it('are validated as in a real run', async () => {
			const result = await scene.aktify({
				items: [{ phone: 'x', state: 'CA' }],
				options: { previewOnly: true },
			});
			expect(result.error?.message).toMatch(/Phone Number/);
		});
	});
});
