import { closeFields, closeStatuses } from '../../../../../sandbox';
import { errorText, outcomesOf } from '../../../../support/results';
import { status, useClose } from '../../fixtures';

const { sandbox, close, requests } = useClose();

describe('Close: Update Lead', () => {
	it('sends the changes only, clears fields with null, adds and removes values', async () => {
		const [lead] = sandbox.world.close.seedLeads(1, {
			description: 'old',
			custom: { [closeFields.choices.id]: ['IT'], [closeFields.text.id]: 'x' },
		});
		const result = await close({
			items: [{}],
			parameters: {
				operation: 'update',
				leadId: lead?.id,
				updateFields: { name: 'New', url: 'https://new.example' },
				status: status(closeStatuses.customer.id),
				multiValueChanges: {
					change: [
						{ fieldId: closeFields.choices.id, do: 'add', value: 'Cars' },
						{ fieldId: closeFields.choices.id, do: 'remove', value: 'IT' },
					],
				},
				clear: ['description', closeFields.text.id],
			},
		});
		expect(outcomesOf(result)).toEqual({ updated: 1 });
		const [, update] = requests();
		expect(update).toMatchObject({ method: 'PUT', path: `/lead/${lead?.id}/` });
		expect(update?.body).toEqual({
			name: 'New',
			url: 'https://new.example',
			status_id: closeStatuses.customer.id,
			[`custom.${closeFields.choices.id}.add`]: 'Cars',
			[`custom.${closeFields.choices.id}.remove`]: 'IT',
			description: null,
			[`custom.${closeFields.text.id}`]: null,
		});
		expect(result.items[0]?.json).toMatchObject({
			name: 'New',
			leadStatus: 'Customer',
			customFields: { [closeFields.choices.id]: ['Cars'] },
		});
	});

	it.each([
		[{}, /nothing to change/],
		[{ clear: ['description'], updateFields: { description: 'x' } }, /two ways at once/],
		[{ clear: ['name'] }, /is not an ID/],
	])('rejects %j before anything is sent', async (more, expected) => {
		const parameters = { operation: 'update', leadId: 'lead_1', ...more };
		expect(errorText(await close({ items: [{}], parameters }))).toMatch(expected);
		expect(requests()).toHaveLength(0);
	});
});
