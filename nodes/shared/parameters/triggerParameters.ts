import type { INode, INodeProperties } from 'n8n-workflow';
import { InvalidInputError } from '../errors/InvalidInputError';
import { toNodeError } from '../errors/toNodeError';
import { getOwn, isBlank, walkStrings } from '../values/json';
import { emptyExpression, readIdText, readText } from './cells';
import { optionReaders } from './optionReaders';

/** A context of n8n that has the parameters of a trigger. */
export interface ParameterContext {
	getNode(): INode;
	getNodeParameter(name: string, fallback?: unknown, options?: { extractValue?: boolean }): unknown;
}

/** The parameters of a trigger. All options are read at once: one that is not understood stops the trigger. */
export class TriggerParameters {
	private readonly options = new Map<string, unknown>();

	/** @param fields as the editor shows them. @throws NodeOperationError for an option that is not understood */
	constructor(
		private readonly context: ParameterContext,
		fields: readonly INodeProperties[],
	) {
		const { parameters } = context.getNode();
		try {
			for (const [name, read] of optionReaders(fields)) {
				if (getOwn(parameters, name) === undefined) continue;
				this.options.set(name, read(context.getNodeParameter(name, null)));
			}
		} catch (error) {
			throw toNodeError(context, error);
		}
	}

	/** The value of a switch, a number or a drop-down; undefined where the editor does not show it. */
	value(name: string): unknown {
		return this.options.get(name);
	}

	/** A field of the Options collection. */
	option(name: string): unknown {
		return getOwn(this.value('options'), name);
	}

	/** The option Simplify; on by default. */
	get simplify(): boolean {
		return this.option('simplify') !== false;
	}

	/** The value of a resource locator. @throws InvalidInputError if it is empty */
	locator(name: string, label: string): string {
		const value = this.context.getNodeParameter(name, '', { extractValue: true });
		const text = readIdText(getOwn(value, 'value') ?? value, label);
		if (text !== undefined) return text;
		throw new InvalidInputError(`${label} is empty`, `Fill in ${label}`);
	}

	/**
	 * The entries of a list that the vendor knows, not n8n; none where the user chose none. @param entryLabel names one
	 * @throws InvalidInputError for an entry that is no text, and for an expression that comes to nothing
	 */
	entries(name: string, label: string, entryLabel: string): string[] {
		const value = this.context.getNodeParameter(name, []);
		const entries: unknown[] = Array.isArray(value) ? value : [value];
		const texts = entries.flatMap((entry) =>
			isBlank(entry) ? [] : (readText(entry, entryLabel) ?? []),
		);
		const stored = walkStrings(getOwn(this.context.getNode().parameters, name));
		if (texts.length === 0 && [...stored].some((text) => text.startsWith('='))) {
			throw emptyExpression(label);
		}
		return [...new Set(texts)];
	}
}
