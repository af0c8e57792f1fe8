import { DescribedError } from '../../errors/DescribedError';
import { InvalidInputError } from '../../errors/InvalidInputError';
import type { ApiError } from '../../transport/ApiError';
import { toError } from '../../values/json';
import type { Failure, Success } from './outcome';

/** The item was never reached: the run stopped at an earlier one. */
export const notStarted: Failure = {
	kind: 'notSent',
	message: 'Not sent: the node stopped at an earlier item',
	isNotStarted: true,
};

/** The row has no value at all, as lists often have it at their end: there is nothing to send, and nothing to fix. */
export const emptyRow: Success = {
	kind: 'skipped',
	data: { note: 'The row is empty: all its columns are blank' },
};

/** The item cannot be sent: invalid input, or an expression that fails for it. */
export function invalidItem(error: unknown): Failure {
	const failure: Failure = { kind: 'notSent', message: toError(error).message };
	if (error instanceof DescribedError && error.description !== undefined) {
		failure.description = error.description;
	}
	if (error instanceof InvalidInputError) {
		failure.reason = error.reason;
		if (error.field !== undefined) failure.field = error.field;
	}
	return failure;
}

/** An update that a later item replaced while this one was still to be sent. */
export function superseded(laterItem: number, wasSent: boolean): Failure {
	return {
		kind: wasSent ? 'unknown' : 'notSent',
		message: `Not sent in this attempt: item ${laterItem}, which changes the same record, was sent after it`,
		description: 'If this change is still needed, run this item alone',
	};
}

const LOOK_UP_FIRST = 'Look the lead up at the vendor before sending it again';

export const missingFromReply: Failure = {
	kind: 'unknown',
	message: 'Outcome unknown: the reply does not mention this lead',
	description: LOOK_UP_FIRST,
};

/** Every attempt was followed by a look-up that did not find the lead. */
export const neverAccepted = {
	kind: 'notSent',
	message: 'Not sent: no attempt got a usable reply, and the vendor does not have the lead',
	description: 'Run the item again once the vendor is available',
} as const;

/** An earlier attempt got no usable reply, and this one did not send the lead. */
export const possiblyAccepted = {
	kind: 'unknown',
	message:
		'Outcome unknown: an earlier attempt sent this lead and got no reply, and this attempt did not send it',
} as const;

/** An earlier attempt sent some of the items, and this one could not read which. */
export function possiblySent({ message }: Error): Failure {
	return {
		kind: 'unknown',
		message: `Outcome unknown: an earlier attempt may have sent this lead, and this attempt stopped before it could check: ${message}`,
		description: LOOK_UP_FIRST,
	};
}

/** The vendor rejected the batch and could not be asked whether it stored a part of it. */
export const possiblyStored: Failure = {
	kind: 'unknown',
	message:
		'Outcome unknown: the batch was rejected, and the vendor could not be asked whether it stored this lead',
	description: LOOK_UP_FIRST,
};

/** The request was out when the run ended early. */
export function interrupted({ message }: Failure): Failure {
	return {
		kind: 'unknown',
		message: `Outcome unknown: the node stopped while this lead was being sent (${message})`,
		description: LOOK_UP_FIRST,
	};
}

export const inDoubt: Failure = {
	kind: 'unknown',
	message:
		'Outcome unknown: an earlier attempt sent this lead and got no reply, so it is not sent again',
	description: `${LOOK_UP_FIRST}, so that no one is called twice`,
};

/** A duplicate of an item whose outcome is unknown. */
export function duplicateOfUnknown(failure: Failure, itemIndex: number): Failure {
	return {
		...failure,
		message: `Not sent: duplicates item ${itemIndex}, whose outcome is unknown`,
	};
}

/** A repeat of a lead whose outcome was unknown in an earlier run of a loop. @param where names the item and run */
export function duplicateOfEarlierUnknown(where: string): Failure {
	return {
		kind: 'unknown',
		message: `Not sent: repeats ${where}, whose outcome is unknown`,
		description: LOOK_UP_FIRST,
	};
}

/** If Lead Exists = Report as Error. @param details ends the sentence "<vendor> already has this …" */
export function alreadyExists(
	vendor: string,
	details: string,
	description: string,
	more: Pick<Failure, 'httpCode' | 'vendorMessage'> = {},
): Failure {
	return {
		kind: 'refused',
		message: `${vendor} already has this ${details}`,
		description,
		...more,
	};
}

export function fromApiError(error: ApiError): Failure {
	const { kind, message, description, status, vendorMessage } = error;
	const failure: Failure = { kind: kind === 'credential' ? 'notSent' : kind, message, description };
	if (status !== undefined) failure.httpCode = status;
	if (vendorMessage !== undefined) failure.vendorMessage = vendorMessage;
	return failure;
}

/** An error that is not the vendor's: a lead that fits into no request, or a defect of this package. */
export function unexpected(error: Error): Failure {
	return error instanceof InvalidInputError
		? invalidItem(error)
		: { kind: 'unknown', message: `Outcome unknown: ${error.message}` };
}
