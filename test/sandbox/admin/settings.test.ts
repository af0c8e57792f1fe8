import { send, useSandbox, type Sent } from '../helpers';

const sandbox = useSandbox();

async function admin(path: string, sent?: Sent) {
	return await send(`${sandbox().url}/_sandbox${path}`, sent);
}

describe('admin settings', () => {
	it("apply every vendor's settings and the speed of deliveries", async () => {
		const json = {
			deliveriesSpeed: 50,
			squadVoice: { clockSkewMs: -5, responsesOrder: 'newest', autoProcess: true },
			autocalls: { bareLists: true, campaignBesideLead: true, autoCallAfterMs: 7 },
			close: { indexLagMs: 9, planLimitReached: true, omitsDeprecatedFields: true },
			aktify: { processingMs: 11 },
			limits: {
				autocalls: {
					requests: 100,
					windowMs: 60_000,
					headers: 'xRateLimitAndBody',
					burst: { requests: 20, windowMs: 10_000 },
				},
			},
		};
		const reply = await admin('/settings', { method: 'PUT', json });
		expect([reply.status, reply.json]).toMatchObject([200, { deliveriesSpeed: 50 }]);
		const { world } = sandbox();
		expect(world).toMatchObject({
			deliveries: { speed: 50 },
			settings: { limits: json.limits },
			squadVoice: json.squadVoice,
			autocalls: json.autocalls,
			close: json.close,
			aktify: json.aktify,
		});
		await admin('/reset', { method: 'POST' });
		expect(world).toMatchObject({
			deliveries: { speed: 1 },
			squadVoice: { clockSkewMs: 0, responsesOrder: 'oldest', autoProcess: false },
			autocalls: { bareLists: false, campaignBesideLead: false, autoCallAfterMs: 200 },
			close: { indexLagMs: 0, planLimitReached: false, omitsDeprecatedFields: false },
			aktify: { processingMs: 0 },
		});
	});

	it.each<[string, object]>([
		['a speed of 0', { deliveriesSpeed: 0 }],
		['a speed that is not a number', { deliveriesSpeed: 'fast' }],
		['an unknown order', { squadVoice: { responsesOrder: 'random' } }],
		['a numeric order', { squadVoice: { responsesOrder: 1 } }],
		['a field that is not a setting', { autocalls: { leads: 1 } }],
		['an unknown setting', { close: { nothing: true } }],
		['a setting of the wrong type', { autocalls: { autoCall: 1 } }],
		['a vendor that is not an object', { aktify: true }],
		[
			'a second limit without its time',
			{ limits: { autocalls: { requests: 1, windowMs: 1, burst: { requests: 1 } } } },
		],
	])('reject %s, and apply nothing else', async (_what, wrong) => {
		const json = { latencyMs: 3, ...wrong };
		expect((await admin('/settings', { method: 'PUT', json })).status).toBe(400);
		expect(sandbox().world.settings.latencyMs).toBe(0);
	});
});
