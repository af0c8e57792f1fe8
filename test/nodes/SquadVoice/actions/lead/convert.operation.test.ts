import { errorText, outcomesOf } from '../../../../support/results';
import { useSandbox } from '../../../../support/sandbox';
import { campaign, indianLead, v4 } from '../../fixtures';

const scene = useSandbox();

describe('SquadVoice: Convert Lead', () => {
	const lead = { ...indianLead, detail: 'purchase' };
	const parameters = {
		...campaign('V4CAMP'),
		operation: 'convert',
		detail: '={{ $json.detail }}',
	};

	it('converts a lead, and reports a missing one', async () => {
		const more = { credentials: v4, parameters, items: [lead] };
		expect(outcomesOf(await scene.squadVoice(more))).toEqual({ notFound: 1 });
		await scene.squadVoice({ items: [lead], credentials: v4, parameters: campaign('V4CAMP') });
		const result = await scene.squadVoice(more);
		expect(result.items[0]?.json).toMatchObject({
			outcome: 'updated',
			leadId: lead.id,
			detail: 'purchase',
		});
	});

	it('rejects a detail longer than 32 characters', async () => {
		const result = await scene.squadVoice({
			items: [{ ...lead, detail: 'x'.repeat(33) }],
			credentials: v4,
			parameters,
		});
		expect(errorText(result)).toMatch(/longer than 32/);
	});

	it('requires API v4', async () => {
		const result = await scene.squadVoice({ items: [lead], parameters });
		expect(errorText(result)).toMatch(/API v4 only.*With API v1, SquadVoice has no request/);
		expect(scene.world.requests).toHaveLength(0);
	});
});
