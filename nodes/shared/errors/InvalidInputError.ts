import { DescribedError } from './DescribedError';

/** What is wrong with the value of a field. */
export interface FieldProblem {
	/** What continues "<field> …": "is empty". The same for all values that have the problem. */
	problem: string;
	/** The value as a message shows it: quoted and short. Undefined where there is none. */
	shown?: string;
}

/** The user's input cannot be used: an item, a parameter, a setting or a credential field. */
export class InvalidInputError extends DescribedError {
	/** The message without the value: items with the same reason are listed together. */
	readonly reason: string;
	/** The name of the field in the panel; undefined where no one field is the cause. */
	readonly field: string | undefined;

	constructor(message: string, description?: string, of?: { field: string; reason: string }) {
		super(message, description, { cause: 'configuration-invalid' });
		this.reason = of?.reason ?? message;
		this.field = of?.field;
	}

	/** "State is empty", or with a value: "State: "XX" is not a US state". */
	static ofField(
		field: string,
		{ problem, shown }: FieldProblem,
		description?: string,
	): InvalidInputError {
		const reason = `${field} ${problem}`;
		const message = shown === undefined ? reason : `${field}: ${shown} ${problem}`;
		return new InvalidInputError(message, description, { field, reason });
	}
}
