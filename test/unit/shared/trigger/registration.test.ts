import type { IDataObject } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';
import {
	checkRegistration,
	createRegistration,
	findRegistration,
	registrationOf,
	removeRegistration,
} from '../../../../nodes/shared/trigger/registration';
import { SeenEventsState } from '../../../../nodes/shared/trigger/TriggerState';
import type { RegistrationContext } from '../../../../nodes/shared/trigger/TriggerState';

let nodes = 0;

/** A node of its own, with what n8n stores of it. */
function newNode(mode = 'trigger'): RegistrationContext {
	const staticData: IDataObject = {};
	const id = `registered-${++nodes}`;
	return {
		getMode: () => mode,
		getNode: () => ({
			id,
			name: 'Trigger',
			type: 'test',
			typeVersion: 1,
			position: [0, 0],
			parameters: {},
		}),
		getWorkflow: () => ({ id: 'w' }),
		getWorkflowStaticData: () => staticData,
		getInstanceId: () => 'n8n',
	};
}

/** Work that goes on until it is told to end. */
function openWork() {
	let end: () => void = () => {};
	const ended = new Promise<void>((resolve) => {
		end = resolve;
	});
	let runs = 0;
	const work = async () => {
		runs++;
		await ended;
	};
	return { work, end, runs: () => runs };
}

const find = async (node: RegistrationContext, exists = false) =>
	await findRegistration(node, SeenEventsState, async () => exists);
const create = async (node: RegistrationContext, work: () => Promise<void> = async () => {}) =>
	await createRegistration(node, SeenEventsState, work);
const remove = async (node: RegistrationContext, work: () => Promise<void> = async () => {}) =>
	await removeRegistration(node, SeenEventsState, work);

describe('the registrations of one node', () => {
	it('come one after the other, those of other nodes meanwhile', async () => {
		const node = newNode();
		await find(node);
		const first = openWork();
		const second = openWork();
		const creating = create(node, first.work);
		const removing = remove(node, second.work);
		const other = newNode();
		await find(other);
		expect(await create(other)).toBe(true);
		expect([first.runs(), second.runs()]).toEqual([1, 0]);
		expect(registrationOf(node)).toBe('underWay');
		first.end();
		second.end();
		expect(await Promise.all([creating, removing])).toEqual([true, true]);
		expect(registrationOf(node)).toBe('missing');
	});

	it('go on after one that failed', async () => {
		const node = newNode();
		await find(node);
		const failing = create(node, async () => await Promise.reject(new Error('down')));
		await expect(failing).rejects.toThrow('down. Publish the workflow again.');
		expect(registrationOf(node)).toBe('missing');
		expect(await create(node)).toBe(true);
		expect(registrationOf(node)).toBe('complete');
	});

	it('wait for a minute at most, and still come one after the other', async () => {
		jest.useFakeTimers();
		try {
			const node = newNode();
			await find(node);
			const first = openWork();
			const creating = create(node, first.work);
			const failing = remove(node).catch((error: unknown) => String(error));
			await jest.advanceTimersByTimeAsync(60_000);
			expect(await failing).toContain('still waits for an answer');
			const third = openWork();
			const removing = remove(node, third.work);
			await jest.advanceTimersByTimeAsync(1_000);
			expect(third.runs()).toBe(0);
			first.end();
			third.end();
			await Promise.all([creating, removing]);
			expect(third.runs()).toBe(1);
		} finally {
			jest.useRealTimers();
		}
	});

	it('are not created after they were removed, or without `checkExists`', async () => {
		const node = newNode();
		const message = 'The workflow was unpublished';
		await expect(create(node)).rejects.toThrow(message);
		await find(node);
		await remove(node);
		await expect(create(node)).rejects.toThrow(message);
	});

	it('are checked only when they are complete, and nothing is under way', async () => {
		const node = newNode();
		const check = async () =>
			await checkRegistration(node, SeenEventsState, async () => await Promise.resolve('checked'));
		expect(await check()).toBeUndefined();
		await find(node);
		expect(await check()).toBeUndefined();
		const open = openWork();
		const creating = create(node, open.work);
		while (open.runs() === 0) await sleep(0);
		expect(await check()).toBeUndefined();
		open.end();
		await creating;
		expect(await check()).toBe('checked');
		await find(node, true);
		expect(await check()).toBe('checked');
		await remove(node, async () => await Promise.reject(new Error('down'))).catch(() => {});
		expect(await check()).toBeUndefined();
	});

	it('are unknown to a process that had no part in them, which checks nothing', async () => {
		const node = newNode();
		const checked = await checkRegistration(node, SeenEventsState, async () => 'checked');
		expect(checked).toBeUndefined();
		expect(registrationOf(node)).toBe('unknown');
	});

	it('of a test run do not count for the published workflow', async () => {
		const test = newNode('manual');
		await find(test);
		await create(test);
		expect(registrationOf(test)).toBe('unknown');
		await remove(test);
	});
});
