import type { Failure } from 'n8n-workflow';

/** An error for the person at the canvas: the message says what happened, the description what to do. */
export class DescribedError extends Error {
	constructor(
		message: string,
		readonly description?: string,
		/** Why it failed, for n8n: it decides when the next poll is worth a try. */
		readonly failure?: Failure,
	) {
		super(message);
		this.name = new.target.name;
	}
}
