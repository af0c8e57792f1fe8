import { getOwn } from '../values/json';
import { InvalidInputError } from '../errors/InvalidInputError';
import { readIdText } from './cells';

/** A context of n8n that has the parameters of a trigger. */
export interface ParameterContext {
	getNodeParameter(name: string, fallback?: unknown, options?: { extractValue?: boolean }): unknown;
}

/** A field of the Options collection. */
export function readOption(context: ParameterContext, name: string): unknown {
	return getOwn(context.getNodeParameter('options', {}), name);
}

/** The option Simplify; on by default. */
export function readSimplify(context: ParameterContext): boolean {
	return readOption(context, 'simplify') !== false;
}

/** The value of a resource locator. @throws InvalidInputError if it is empty */
export function readLocator(context: ParameterContext, name: string, label: string): string {
	const value = context.getNodeParameter(name, '', { extractValue: true });
	const text = readIdText(getOwn(value, 'value') ?? value, label);
	if (text !== undefined) return text;
	throw new InvalidInputError(`${label} is empty`, `Fill in ${label}`);
}
