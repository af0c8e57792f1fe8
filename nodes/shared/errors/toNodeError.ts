import { NodeApiError, NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';
import { toError } from '../values/json';
import { DescribedError } from './DescribedError';

/**
 * Wraps whatever was thrown in an error that n8n shows; n8n's own node errors pass unchanged. Relies on n8n 2.41: it reads
 * `failure` of the error of a poll, and waits until another poll can succeed.
 */
export function toNodeError(
	context: Pick<IExecuteFunctions, 'getNode'>,
	error: unknown,
): NodeApiError | NodeOperationError {
	if (error instanceof NodeApiError || error instanceof NodeOperationError) return error;
	const { description, failure } = error instanceof DescribedError ? error : {};
	const nodeError = new NodeOperationError(context.getNode(), toError(error).message, {
		description,
	});
	// Not as an option: n8n-workflow 2.38 does not know it.
	return failure === undefined ? nodeError : Object.assign(nodeError, { failure });
}
