import { leads } from '../../../support/fixtures';
import { errorText } from '../../../support/results';
import { useSandbox } from '../../../support/sandbox';

const scene = useSandbox();

describe('SquadVoice error responses', () => {
	it.each([
		[400, /rejected this lead/],
		[401, /Open the credential/],
		[403, /Open the credential/],
		[404, /Check the campaign ID/],
		[405, /Base URL and the API version/],
		[429, /Max Retry Time/],
		[500, /Look the lead up|Run the items again/],
		[503, /Look the lead up|Run the items again/],
	])('explain HTTP %i and what to do', async (status, expected) => {
		scene.world.faults.add({ kind: 'status', status, body: { detail: 'The vendor message' } });
		const operations = ['create', 'get'].map((operation) => ({
			items: leads(1),
			parameters: { operation },
			options: { giveUpAfter: 0.2 },
		}));
		for (const result of await Promise.all(operations.map(scene.squadVoice))) {
			expect(errorText(result)).toMatch(expected);
			expect(errorText(result)).toContain(`HTTP ${status}: The vendor message`);
		}
	});
});
