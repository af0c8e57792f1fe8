/** How an item ended that needs no attention. */
export const SUCCESS_KINDS = [
	'created',
	'updated',
	'duplicate',
	'disabled',
	'deleted',
	'found',
	'notFound',
	'preview',
	'skipped',
] as const;

/**
 * How an item failed: `notSent`: the vendor does not have it; `refused`: the vendor rejected it;
 * `unknown`: it was sent, and its result is not known.
 */
export const FAILURE_KINDS = ['notSent', 'refused', 'unknown'] as const;
