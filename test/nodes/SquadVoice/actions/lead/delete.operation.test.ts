import { errorText, outcomesOf } from '../../../../support/results';
import { useSandbox } from '../../../../support/sandbox';
import { campaign, indianLead, v4 } from '../../fixtures';

const scene = useSandbox();

describe('SquadVoice: Delete Lead', () => {
	const lead = { ...indianLead, detail: 'purchase' };
	const parameters = {
		...campaign('V4CAMP'),
		operation: 'delete',
		detail: '={{ $json.detail }}',
	};

	it('deletes a lead, and reports a missing one', async () => {
		const more = { credentials: v4, parameters, items: [lead] };
		expect(outcomesOf(await scene.squadVoice(more))).toEqual({ notFound: 1 });
		await scene.squadVoice({ items: [lead], credentials: v4, parameters: campaign('V4CAMP') });
		const result = await scene.squadVoice(more);
		expect(result.items[0]?.json).toMatchObject({
			outcome: 'deleted',
			leadId: lead.id,
			deleted: true,
		});
	});

	it('requires API v4', async () => {
		const result = await scene.squadVoice({ items: [lead], parameters });
		expect(errorText(result)).toMatch(/API v4 only.*With API v1, use Disable to stop calls/);
		expect(scene.world.requests).toHaveLength(0);
	});
});
