import { getOwn, asText } from '../values/json';
import { InvalidInputError } from '../errors/InvalidInputError';

/** The contexts of a trigger, from which its parameters can be read. */
export interface ParameterContext {
	getNodeParameter(name: string, fallback?: unknown, options?: { extractValue?: boolean }): unknown;
}

/** A field of the Options collection. */
export function readOption(context: ParameterContext, name: string): unknown {
	return getOwn(context.getNodeParameter('options', {}), name);
}

export function readSimplify(context: ParameterContext): boolean {
	return readOption(context, 'simplify') !== false;
}

/** What a resource locator holds. @throws InvalidInputError naming the field when it is empty */
export function readLocator(context: ParameterContext, name: string, label: string): string {
	const value = context.getNodeParameter(name, '', { extractValue: true });
	const text = asText(getOwn(value, 'value') ?? value);
	if (text !== undefined) return text;
	throw new InvalidInputError(`${label} is empty`, `Fill in ${label}`);
}
