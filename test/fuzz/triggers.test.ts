import fc from 'fast-check';
import type { INodeParameters } from 'n8n-workflow';
import { startSandbox } from '../../sandbox';
import type { Sandbox } from '../../sandbox';
import { isRecord } from '../../sandbox/lib/guards';
import { tooDeep, expectCleanPrototypes, flawOf, jsonOf, pick, seeds, Wire } from './values';
import type { Pick } from './values';
import { triggerCases, triggerSecrets } from './triggerCases';
import type { TriggerCase } from './triggerCases';
import { ActiveTrigger, post } from '../support/triggers/ActiveTrigger';

const wire = new Wire();
let sandbox: Sandbox;
let trigger: ActiveTrigger | undefined;
beforeAll(async () => {
	sandbox = await startSandbox();
	await wire.open();
});
afterEach(async () => {
	await trigger?.close();
	trigger = undefined;
	sandbox.world.reset();
	expectCleanPrototypes();
	expect(wire.strangerConnections).toBe(0);
});
afterAll(async () => {
	await wire.close();
	await sandbox.close();
});

async function open({ node, credentials }: TriggerCase, parameters: INodeParameters) {
	await trigger?.close();
	sandbox.world.reset();
	trigger = await ActiveTrigger.open({ node, parameters, credentials: credentials(sandbox.url) });
	wire.takeRequests();
	return trigger;
}

/** Fails for a request that is not one of the trigger's. */
function expectOwnRequests({ sends }: TriggerCase): void {
	for (const { host, method, path } of wire.takeRequests()) {
		expect(`http://${host}`).toBe(sandbox.url);
		expect(`${method} ${path}`).toMatch(sends);
	}
}

const jsonFor = (picked: Pick) => jsonOf(picked, wire.stranger);

/** A value with another one somewhere in it, at the end of the path. */
function changed(value: unknown, [key, ...path]: string[], other: unknown): unknown {
	if (key === undefined) return other;
	return {
		...(isRecord(value) ? value : {}),
		[key]: changed(isRecord(value) ? value[key] : {}, path, other),
	};
}

/** The paths to everything in a value. */
function pathsIn(value: unknown, path: string[] = []): string[][] {
	const entries = isRecord(value) ? Object.entries(value) : [];
	return [path, ...entries.flatMap(([key, entry]) => pathsIn(entry, [...path, key]))];
}

describe.each(triggerCases)('$title', (subject) => {
	it.each(seeds)(
		'works with any value as a parameter, or rejects it with a message %p',
		async (seeded) => {
			const paths = pathsIn(subject.parameters).filter((path) => path.length > 0);
			await fc.assert(
				fc.asyncProperty(fc.constantFrom(...paths), pick, async (path, value) => {
					const fuzzed: INodeParameters = JSON.parse(
						JSON.stringify(changed(subject.parameters, path, jsonFor(value))),
					);
					const active = await open(subject, fuzzed);
					try {
						await active.activate();
						await active.poll();
						await active.poll();
						await active.deactivate();
					} catch (error) {
						const { message, description } = isRecord(error) ? error : {};
						for (const text of [message, description ?? 'none']) {
							expect({ text, flaw: flawOf(text, triggerSecrets) }).toEqual({
								text,
								flaw: undefined,
							});
						}
					}
					expectOwnRequests(subject);
				}),
				{ numRuns: 25, endOnFailure: true, ...seeded },
			);
		},
	);
});

const received = triggerCases.filter(({ sign }) => sign !== undefined);
describe.each(received)('$title', (subject) => {
	const send = async (active: ActiveTrigger, body: string) => {
		const { url = '', headers = {} } = subject.sign?.(active.webhookUrl, body, sandbox.world) ?? {};
		return await post(url, body, headers);
	};

	it.each(seeds)('accepts or rejects any value in a webhook of the vendor %p', async (seeded) => {
		const active = await open(subject, subject.parameters);
		await active.activate();
		wire.takeRequests();
		await fc.assert(
			fc.asyncProperty(fc.constantFrom(...pathsIn(subject.event)), pick, async (path, value) => {
				const body = JSON.stringify(changed(subject.event, path, jsonFor(value))) ?? '';
				const before = active.executions.length;
				const statuses = [await send(active, body), await send(active, body)];
				const started = active.executions.length - before;
				for (const status of statuses) expect([200, 201, 400, 413, 422]).toContain(status);
				expect(started).toBeLessThanOrEqual(subject.mayRepeat === true ? 2 : 1);
				expect(active.failures).toEqual([]);
				expect(isRecord(JSON.parse(active.stored))).toBe(true);
				expectOwnRequests(subject);
			}),
			{ numRuns: 40, endOnFailure: true, ...seeded },
		);
	});

	it('rejects a body that is nested too deep, whoever sends it', async () => {
		const active = await open(subject, subject.parameters);
		await active.activate();
		for (const body of [tooDeep, `{"data":${tooDeep},"id":1,"lead_id":"a"}`]) {
			expect(await send(active, body)).toBe(400);
			expect(await post(active.webhookUrl, body)).toBe(401);
			const time = `${Date.now()}`;
			const forged = { 'aktify-signature': `t=${time},v2=00`, 'close-sig-timestamp': time };
			expect(await post(active.webhookUrl, body, forged)).toBe(401);
		}
		expect(active.executions).toEqual([]);
		expect(active.failures).toEqual([]);
	});
});
