import { leads } from '../support/fixtures';
import { outcomesOf } from '../support/results';
import { useSandbox } from '../support/sandbox';

const scene = useSandbox();

it('a reply that is too large counts as lost: the vendor is asked, and no lead is sent twice', async () => {
	const { world } = scene;
	const body = `{"text":"${'x'.repeat(21_000_000)}"}`;
	world.faults.add({ kind: 'htmlPage', body, method: 'POST', nth: 1 });
	const result = await scene.squadVoice({ items: leads(3) });
	expect(outcomesOf(result)).toEqual({ created: 3 });
	expect(world.ledger('squadVoice')).toMatchObject({ held: 3, doubled: 0 });
});
