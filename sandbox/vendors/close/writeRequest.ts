import type { CloseState } from './state';

/** An authenticated write with a JSON object as body. */
export interface WriteRequest {
	state: CloseState;
	json: Record<string, unknown>;
	/** The user of the key or token. */
	userId: string;
	/** The query's `_fields`. */
	fields: unknown;
}
