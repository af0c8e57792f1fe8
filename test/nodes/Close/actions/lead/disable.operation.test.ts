import { closeStatuses } from '../../../../../sandbox';
import { outcomesOf } from '../../../../support/results';
import { status, useClose } from '../../fixtures';

const { sandbox, close, requests, ledger } = useClose();

describe('Close: Disable Lead', () => {
	it('sets the chosen status and nothing else', async () => {
		const [lead] = sandbox.world.close.seedLeads(1);
		const result = await close({
			items: [{ id: lead?.id }, { id: 'lead_nobody' }],
			parameters: {
				operation: 'disable',
				leadId: '={{ $json.id }}',
				status: status(closeStatuses.badFit.id),
			},
		});
		expect(outcomesOf(result)).toEqual({ disabled: 1, notFound: 1 });
		expect(requests()[0]?.body).toEqual({ status_id: closeStatuses.badFit.id });
		expect(result.items[0]?.json).toEqual({
			outcome: 'disabled',
			leadId: lead?.id,
			leadStatus: 'Bad Fit',
			statusId: closeStatuses.badFit.id,
			itemIndex: 0,
			id: lead?.id,
		});
		expect(ledger()).toMatchObject({ held: 1, disabled: 1 });
	});
});
