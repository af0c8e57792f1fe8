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
		for (const { json, error } of regular.items.slice(0, 2)) {
			expect(Object.keys(json).sort()).toEqual(['details', 'error']);
			expect(error).toBeUndefined();
		}
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
