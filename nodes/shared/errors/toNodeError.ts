import { NodeApiError, NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';
import { toError } from '../values/json';
import { DescribedError } from './DescribedError';

/** Wraps whatever was thrown in an error that n8n shows; n8n's own node errors pass unchanged. */
export function toNodeError(
	context: Pick<IExecuteFunctions, 'getNode'>,
	error: unknown,
): NodeApiError | NodeOperationError {
	if (error instanceof NodeApiError || error instanceof NodeOperationError) return error;
	const description = error instanceof DescribedError ? error.description : undefined;
	return new NodeOperationError(context.getNode(), toError(error).message, { description });
}
