import { NodeOperationError, type NodeError } from 'n8n-workflow';
import { toNodeError } from '../errors/toNodeError';
import { ApiError } from '../transport/ApiError';
import { isItemError } from '../transport/retryPolicy';
import { asText, getOwn } from '../values/json';
import { loadPollState } from './pollState';
import type { TriggerContext } from './TriggerState';

type ErrorContext = Pick<TriggerContext, 'getMode' | 'getNode'>;

const AGAIN = 'publish the workflow again';

/** The cause that `toNodeError` passes on, such as `credential-invalid`. */
const causeOf = (nodeError: NodeError) => getOwn(getOwn(nodeError, 'failure'), 'cause');

const TRANSIENT: ReadonlySet<unknown> = new Set(['temporarily-unavailable', 'rate-limited']);

/** What to do before publishing again. Some advice in an `ApiError` is for leads. */
function adviceFor(error: unknown, nodeError: NodeError): string | undefined {
	if (causeOf(nodeError) === 'credential-invalid') {
		return 'Open the credential, check its key or token and test it';
	}
	const isAboutLead = error instanceof ApiError && isItemError(error.status);
	return isAboutLead ? undefined : asText(nodeError.description);
}

const sentence = (text: string) => text.trim().replace(/\.$/, '');

function textOf(error: unknown, nodeError: NodeError): string {
	const problem = sentence(nodeError.message);
	if (TRANSIENT.has(causeOf(nodeError))) {
		return `${problem}. n8n tries again a few times. If the trigger still does not start, ${AGAIN} later.`;
	}
	const advice = adviceFor(error, nodeError);
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
	const activationError = new NodeOperationError(context.getNode(), textOf(error, nodeError));
	const failure = getOwn(nodeError, 'failure');
	return failure === undefined ? activationError : Object.assign(activationError, { failure });
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

/** Runs a poll. The first one is part of starting the trigger. @throws as `activating`, in the first one */
export async function activatingIfFirst<Result>(
	context: TriggerContext,
	poll: () => Promise<Result>,
): Promise<Result> {
	const isFirst = loadPollState(context).cursor === undefined;
	return isFirst ? await activating(context, poll) : await poll();
}
