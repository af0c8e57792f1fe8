import type { INode } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import { InvalidInputError } from '../../../../nodes/shared/errors/InvalidInputError';
import { toNodeError } from '../../../../nodes/shared/errors/toNodeError';
import { ApiError } from '../../../../nodes/shared/transport/ApiError';

const node: INode = {
	id: '1',
	name: 'Node',
	type: 'test',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};
const context = { getNode: () => node };

describe('toNodeError', () => {
	it.each([
		new InvalidInputError('The ID is empty', 'Fill in the ID'),
		new ApiError('refused', 'The ID is empty', 'Fill in the ID', 400),
	])('passes on the message and the advice of an error of ours: %s', (error) => {
		expect(toNodeError(context, error)).toMatchObject({
			name: 'NodeOperationError',
			message: 'The ID is empty',
			description: 'Fill in the ID',
			node,
		});
	});

	it('passes on why it failed, for the polls of n8n', () => {
		expect(toNodeError(context, new InvalidInputError('x'))).toMatchObject({
			failure: { cause: 'configuration-invalid' },
		});
		expect(toNodeError(context, new Error('x'))).not.toHaveProperty('failure.cause');
	});

	it.each([
		new NodeOperationError(node, 'Wrong operation'),
		new NodeApiError(node, {}, { message: 'Wrong request' }),
	])('passes a node error of n8n unchanged: %s', (error) => {
		expect(toNodeError(context, error)).toBe(error);
	});

	it.each([
		[new Error('Broken'), 'Broken'],
		['Broken', 'Broken'],
		[{ message: 'Broken' }, 'Broken'],
		[undefined, 'Something unknown went wrong'],
	])('wraps anything else: %s', (thrown, message) => {
		expect(toNodeError(context, thrown)).toMatchObject({ name: 'NodeOperationError', message });
	});
});

describe('the names of our errors', () => {
	it('are those of their classes', () => {
		expect(new InvalidInputError('x').name).toBe('InvalidInputError');
		expect(new ApiError('refused', 'x', 'y').name).toBe('ApiError');
	});
});
