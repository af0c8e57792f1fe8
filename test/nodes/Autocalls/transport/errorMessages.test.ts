import { leads } from '../../../support/fixtures';
import { errorText } from '../../../support/results';
import { useSandbox } from '../../../support/sandbox';

const scene = useSandbox();

describe('Autocalls error responses', () => {
	it.each([
		[401, /Open the credential/],
		[403, /plan or the key/],
		[404, /Check the campaign/],
		[422, /See the field named above/],
		[429, /Max Retry Time/],
		[500, /Look the lead up|Run the items again/],
	])('explain HTTP %i and what to do', async (status, expected) => {
		scene.world.faults.add({ kind: 'status', status, body: { message: 'The vendor message' } });
		const result = await scene.autocalls({ items: leads(1), options: { giveUpAfter: 0.2 } });
		expect(errorText(result)).toMatch(expected);
		expect(errorText(result)).toContain('The vendor message');
	});
});
