import type { IDataObject, INode, INodeParameters, INodeProperties } from 'n8n-workflow';
import { startSandbox } from '../../sandbox';
import type { Sandbox } from '../../sandbox';
import { isRecord } from '../../sandbox/lib/guards';
import { toError } from '../../nodes/shared/values/json';
import { nodeType, run } from '../support/engine';
import type { RunResult } from '../support/engine';
import { expectCleanPrototypes, flawOf, valueOf, Wire } from './values';
import type { Outgoing, Pick, Value } from './values';
import { propertiesOf, withColumns } from './fields';
import { credentialsFor, goodValue, headerNames, queryNames, seed } from './operations';
import type { Operation } from './operations';
import { onError } from '../support/fixtures';
import { pairs } from '../support/results';
import { useVirtualClock } from '../support/virtualClock';

/** Items of one run. */
export const itemCount = 10;

const successes = /^(created|updated|duplicate|disabled|deleted|found|notFound|preview|skipped)$/;
export const failures = /^(notSent|refused|unknown)$/;

interface Ran {
	result: RunResult;
	/** What left the process during the run. */
	requests: Outgoing[];
}

/** Settings that make a run wait; valid while other fields are invalid. */
const waitSettings = new Set([
	'options.giveUpAfter',
	'options.requestsPerMinute',
	'options.timeout',
]);

/** A field whose values n8n's editor offers, or that is on or off. */
const isOption = ({ type, options = [] }: INodeProperties) =>
	['boolean', 'number'].includes(type) || (type === 'options' && options.length > 0);

/** A sandbox, the nodes run against it, and the check that no request went anywhere else. */
export function useFuzzRuns() {
	useVirtualClock();
	const wire = new Wire();
	let sandbox: Sandbox;
	beforeAll(async () => {
		sandbox = await startSandbox();
		await wire.open();
	});
	afterEach(() => {
		sandbox.world.reset();
		expectCleanPrototypes();
		expect(wire.strangerConnections).toBe(0);
	});
	afterAll(async () => {
		await wire.close();
		await sandbox.close();
	});

	/**
	 * The parameters of an operation, with every field from a column of its own, and items with which it
	 * succeeds; the vendor is as it was at the start.
	 */
	async function scene(operation: Operation) {
		const { description } = await nodeType(operation.node);
		const [resource = '', name = ''] = operation.name.split('.');
		const properties = propertiesOf(description, resource, name);
		const { parameters, fields } = withColumns(properties);
		sandbox.world.reset();
		const ids = seed(sandbox.world, operation, 4 * itemCount);
		const items = Array.from({ length: itemCount }, (_, index): IDataObject => {
			const values = [...fields].map(([key, field]): [string, Value] => [
				key,
				goodValue(operation, field, index, ids),
			]);
			return Object.fromEntries(values);
		});
		const stored: INodeParameters = { ...parameters, resource, operation: name };
		return {
			parameters: stored,
			/** The names of the parameters that can be replaced as a whole. */
			names: properties.map((property) => property.name),
			/** The columns of fields that can get any value. */
			columns: [...fields].flatMap(([key, { path }]) => (waitSettings.has(path) ? [] : [key])),
			/** The columns of the settings of a whole run. */
			settings: [...fields].flatMap(([key, { path }]) => (/^options\./.test(path) ? [key] : [])),
			/** The columns of switches, numbers and drop-downs, wherever they are. */
			options: [...fields].flatMap(([column, { property }]) =>
				property !== undefined && isOption(property) ? [{ column, property }] : [],
			),
			items,
		};
	}

	/** Runs an operation; undefined if n8n rejects the parameters and does not start the node. */
	async function runIfStarted(
		operation: Operation,
		parameters: INodeParameters,
		items: IDataObject[],
		settings: Partial<INode> = onError.continue,
	): Promise<Ran | undefined> {
		const { node } = operation;
		const { credentials } = credentialsFor(operation, sandbox.url);
		let started = false;
		const onNodeStart = () => void (started = true);
		wire.takeRequests();
		try {
			const result = await run({ node, credentials, parameters, items, settings, onNodeStart });
			return { result, requests: wire.takeRequests() };
		} catch (error) {
			if (started) throw toError(error);
			expect(wire.takeRequests()).toEqual([]);
			return undefined;
		}
	}

	async function runWith(...options: Parameters<typeof runIfStarted>): Promise<Ran> {
		const ran = await runIfStarted(...options);
		if (ran === undefined) throw new Error('n8n did not start the node');
		return ran;
	}

	/** Fails for a request that is not one of the operation's, or has unexpected query or headers. */
	function expectOwnRequests({ sends }: Operation, requests: Outgoing[]): void {
		for (const { host, method, path, query, headers } of requests) {
			expect(`http://${host}`).toBe(sandbox.url);
			expect(`${method} ${path}`).toMatch(sends);
			expect([...query.keys()].filter((name) => !queryNames.has(name))).toEqual([]);
			expect(Object.keys(headers).filter((name) => !headerNames.has(name))).toEqual([]);
			expect(Object.values(headers).join('')).not.toMatch(/[\r\n]|evil/i);
		}
	}

	/** Fails unless these messages are fit for users. */
	function expectMessages(operation: Operation, ...texts: unknown[]): void {
		const { secrets } = credentialsFor(operation, sandbox.url);
		for (const message of texts) {
			if (message === undefined || message === null) continue;
			expect({ message, flaw: flawOf(message, secrets) }).toEqual({ message, flaw: undefined });
		}
	}

	/** The outcome of an item; fails when it has none, or no message. */
	function outcomeIn(operation: Operation, { error, outcome, details }: IDataObject): string {
		if (error === undefined) {
			expect(outcome).toMatch(successes);
			return String(outcome);
		}
		if (!isRecord(details)) throw new Error('An error item without details');
		expect(details.outcome).toMatch(failures);
		expect(error).toEqual(expect.any(String));
		expectMessages(operation, error, details.description, details.vendorMessage);
		return String(details.outcome);
	}

	/**
	 * Fails unless every item came out once, in order, with an outcome, and only the operation's own
	 * requests were made. @returns the outcomes
	 */
	function expectOutcomes(operation: Operation, ran: Ran, count: number): string[] {
		const { error, items } = ran.result;
		expectOwnRequests(operation, ran.requests);
		if (error !== undefined) {
			throw new Error(`The execution failed: ${error.message} (${error.description ?? ''})`);
		}
		const order = pairs(items);
		const wanted = Array.from({ length: count }, (_, index) => index);
		if (operation.yieldsMany) {
			expect(order).toEqual([...order].sort((a, b) => Number(a) - Number(b)));
			expect(wanted).toEqual(expect.arrayContaining(order));
		} else expect(order).toEqual(wanted);
		return items.map(({ json }) => outcomeIn(operation, json));
	}

	return {
		scene,
		runIfStarted,
		runWith,
		expectMessages,
		expectOutcomes,
		valueFor: (picked: Pick) => valueOf(picked, wire.stranger),
	};
}
