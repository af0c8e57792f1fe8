import { DescribedError } from './DescribedError';

/** The user's input cannot be used: an item, a parameter, a setting or a credential field. */
export class InvalidInputError extends DescribedError {
	constructor(message: string, description?: string) {
		super(message, description, { cause: 'configuration-invalid' });
	}
}
