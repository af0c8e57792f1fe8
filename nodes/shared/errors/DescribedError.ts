/** An error for the person at the canvas: the message says what happened, the description what to do. */
export class DescribedError extends Error {
	constructor(
		message: string,
		readonly description?: string,
	) {
		super(message);
		this.name = new.target.name;
	}
}
