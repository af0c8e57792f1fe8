import { Watermark } from '../../../../nodes/Close/trigger/Watermark';
import type { WatermarkData } from '../../../../nodes/Close/trigger/Watermark';
import { SeenEvents } from '../../../../nodes/shared/trigger/SeenEvents';

const LIMITS = { maxSeen: 50, maxStored: 10 };

/** The time of event `number`: each a second later than the one before. */
const timeOf = (number: number) => new Date(Date.UTC(2026, 0, 1) + number * 1000).toISOString();

/** The trigger's state in one process, as far as it concerns the watermark. */
class Process {
	readonly seen: SeenEvents;
	data: WatermarkData;
	readonly watermark = new Watermark(this, LIMITS);

	constructor(stored?: Process) {
		this.seen = new SeenEvents(LIMITS.maxSeen, stored?.seen.toJSON(), LIMITS.maxStored);
		this.data = JSON.parse(JSON.stringify(stored?.data ?? {}));
	}

	update(changes: WatermarkData): void {
		this.data = { ...this.data, ...changes };
	}

	/** An event starts the workflow. */
	record(number: number): void {
		this.seen.add(`event ${number}`);
		this.watermark.recordEvent(timeOf(number));
	}

	isNew(number: number): boolean {
		return timeOf(number) > this.watermark.time && !this.seen.has(`event ${number}`);
	}

	/** Which of the events `from` to `to` the log would start the workflow with. */
	newOnes(from: number, to: number): number[] {
		return range(from, to).filter((number) => this.isNew(number));
	}
}

const range = (from: number, to: number) =>
	Array.from({ length: to - from + 1 }, (_, index) => from + index);

function started(): Process {
	const process = new Process();
	process.watermark.startAt(timeOf(0));
	return process;
}

describe('Watermark', () => {
	it('ignores events from before the start', () => {
		expect(started().newOnes(-3, 2)).toEqual([1, 2]);
	});

	it('does not take any event for seen before it was started', () => {
		const { watermark } = new Process();
		expect([watermark.isStarted, watermark.time]).toEqual([false, '']);
	});

	it.each([1, 9, 10, 11, 15, 20, 25, 49, 60, 200])(
		'takes no recorded event for new after a restart, with %i events',
		(count) => {
			const before = started();
			for (const number of range(1, count)) before.record(number);
			expect(before.newOnes(1, count)).toEqual([]);
			expect(new Process(before).newOnes(1, count)).toEqual([]);
		},
	);

	it('takes no recorded event for new when events are recorded out of order', () => {
		const before = started();
		for (const number of range(1, 60)) before.record(number % 2 === 0 ? number : 61 - number);
		expect(new Process(before).newOnes(1, 60)).toEqual([]);
	});

	it('finds a missed event while this process remembers all since it started', () => {
		const process = started();
		for (const number of range(2, 40)) process.record(number);
		expect(process.newOnes(1, 40)).toEqual([1]);
	});

	it('gives a missed event up rather than repeat others, after more events than fit in memory', () => {
		const process = started();
		for (const number of range(2, 120)) process.record(number);
		expect(process.newOnes(1, 120)).toEqual([]);
	});

	it('counts the events in memory from zero after the log was read', () => {
		const process = started();
		for (const number of range(1, 40)) process.record(number);
		process.watermark.logWasRead();
		for (const number of range(42, 80)) process.record(number);
		expect(process.newOnes(41, 80)).toEqual([41]);
	});

	it('finds events after a restart that are newer than all recorded ones', () => {
		const before = started();
		for (const number of range(1, 60)) before.record(number);
		expect(new Process(before).newOnes(55, 63)).toEqual([61, 62, 63]);
	});

	it('does not move back for an event without a time, or with an old one', () => {
		const process = started();
		process.record(5);
		process.watermark.recordEvent(undefined);
		process.record(3);
		expect(process.data.newestEventAt).toBe(timeOf(5));
	});

	it('continues with the data that earlier versions of the package stored', () => {
		const process = new Process();
		process.data = {
			newestEventAt: timeOf(9),
			seenUpTo: timeOf(2),
			seenUpToNext: timeOf(7),
			eventsSince: 4,
		};
		expect(process.watermark.time).toBe(timeOf(2));
		process.record(10);
		expect(process.data).toEqual({
			newestEventAt: timeOf(10),
			seenUpTo: timeOf(7),
			seenUpToNext: timeOf(10),
			eventsSince: 0,
		});
	});
});
