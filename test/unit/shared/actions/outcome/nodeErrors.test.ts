import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import { notStarted } from '../../../../../nodes/shared/actions/outcome/failures';
import {
	failedRunError,
	invalidItemsError,
} from '../../../../../nodes/shared/actions/outcome/nodeErrors';
import type { Failure } from '../../../../../nodes/shared/actions/outcome/outcome';
import { created, fakeContext } from '../fakes';

const invalid: Failure = { kind: 'notSent', message: 'State is empty.', description: 'Fill it in' };
const refused: Failure = { kind: 'refused', message: 'Refused', httpCode: 422 };
const valid = { lead: 0 };

describe('invalidItemsError', () => {
	it('names the only invalid item and what to do', () => {
		const error = invalidItemsError(fakeContext(), [valid, valid, invalid]);
		expect(error).toMatchObject({
			message: 'State is empty [item 2]',
			description: 'Fill it in. Nothing was sent',
			context: { itemIndex: 2 },
		});
	});

	it('lists ten of many invalid items and counts the others', () => {
		const { message, description } = invalidItemsError(fakeContext(), [
			valid,
			...Array<Failure>(12).fill(invalid),
		]);
		expect(message).toBe('12 of 13 items cannot be sent, so nothing was sent');
		expect(description).toContain('Item 1: State is empty; Item 2:');
		expect(description).toContain('Item 10: State is empty; and 2 more. Correct them');
		expect(description).not.toContain('Item 11:');
	});
});

describe('failedRunError', () => {
	it('names the first item that failed itself, and counts what was sent before', () => {
		const error = failedRunError(fakeContext(), [created(0), notStarted, refused, notStarted]);
		expect(error).toBeInstanceOf(NodeApiError);
		expect(error).toMatchObject({ message: 'Refused [item 2]', httpCode: '422' });
		expect(error.description).toMatch(/^So far: 1 created, 1 refused, 2 not sent\. /);
	});

	it('lists several failures', () => {
		const error = failedRunError(fakeContext(), [invalid, refused]);
		expect(error).toBeInstanceOf(NodeOperationError);
		expect(error.description).toContain('Item 0: State is empty; Item 1: Refused');
	});
});
