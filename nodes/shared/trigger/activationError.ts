import type { INode, NodeError } from 'n8n-workflow';
import { DescribedError } from '../errors/DescribedError';
import { toNodeError } from '../errors/toNodeError';
import { ApiError } from '../transport/ApiError';
import { isItemError } from '../transport/retryPolicy';
import { asText } from '../values/json';

interface ErrorContext {
	getMode(): string;
	getNode(): INode;
}

const AGAIN = 'publish the workflow again';

/** What to do about a failed request; the advice in an `ApiError` is for leads. */
function adviceFor({ kind, status, description }: ApiError): string | undefined {
	if (kind === 'credential') return 'Open the credential, check its key or token and test it';
	return isItemError(status) ? undefined : description;
}

const sentence = (text: string) => text.trim().replace(/\.$/, '');

/** Whether trying again may help. */
function isTransient(error: unknown): boolean {
	return error instanceof ApiError && (error.kind === 'notSent' || error.kind === 'unknown');
}

function textOf(error: unknown, { message, description }: NodeError): string {
	const problem = sentence(message);
	if (isTransient(error)) {
		return `${problem}. n8n tries again a few times. If the trigger still does not start, ${AGAIN} later.`;
	}
	const advice = error instanceof ApiError ? adviceFor(error) : asText(description);
	return advice === undefined
		? `${problem}. P${AGAIN.slice(1)}.`
		: `${problem}. ${sentence(advice)}. Then ${AGAIN}.`;
}

/**
 * The error of a trigger that cannot start. n8n 2.41 shows only the message of one, and tries again whatever it is: so the
 * message also says what to do, and whether trying again may help. A description would say it twice in n8n 2.39.
 */
function toActivationError(context: ErrorContext, error: unknown): Error {
	const nodeError = toNodeError(context, error);
	// In the editor n8n shows the description, and there is nothing to publish.
	if (context.getMode() === 'manual') return nodeError;
	const { failure } = error instanceof DescribedError ? error : {};
	const text = textOf(error, nodeError);
	return toNodeError(context, new DescribedError(text, undefined, failure));
}

/** Runs what n8n does to start a trigger. @throws what `toActivationError` makes of an error */
export async function activating<Result>(
	context: ErrorContext,
	work: () => Promise<Result>,
): Promise<Result> {
	try {
		return await work();
	} catch (error) {
		throw toActivationError(context, error);
	}
}
