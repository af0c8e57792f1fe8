import { leads } from '../../../support/fixtures';
import { errorText } from '../../../support/results';
import { useSandbox } from '../../../support/sandbox';

const scene = useSandbox();

describe('Aktify error responses', () => {
	it.each([
		[400, /did not accept this lead/],
		[401, /Open the credential/],
		[403, /Open the credential/],
		[409, /If Lead Exists/],
		[429, /Max Retry Time/],
		[500, /Look the lead up|Run the items again/],
	])('explain HTTP %i and what to do', async (status, expected) => {
		scene.world.faults.add({ kind: 'status', status, body: { message: 'The vendor message' } });
		const result = await scene.aktify({
			items: leads(1),
			options: { giveUpAfter: 0.2, ifAlreadyThere: 'error' },
		});
		expect(errorText(result)).toMatch(expected);
	});
});

describe('Aktify operations that do not exist', () => {
	it('are rejected by name', async () => {
		const result = await scene.aktify({ items: leads(1), parameters: { operation: 'get' } });
		expect(errorText(result)).toMatch(/does not exist in this node/);
	});
});
