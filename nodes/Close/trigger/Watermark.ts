import { MAX_SEEN, MAX_SEEN_STORED } from '../../shared/trigger/TriggerState';

/** What a watermark stores; all times in ISO 8601 and UTC. */
export type WatermarkData = {
	/** When the newest recorded event happened. */
	newestEventAt?: string;
	/** The watermark: all events up to this time count as seen. */
	seenUpTo?: string;
	/** What `seenUpTo` becomes when another batch of events has been recorded. */
	seenUpToNext?: string;
	/** Events recorded since `seenUpToNext` was set. */
	eventsSince?: number;
};

interface Store {
	readonly data: Readonly<WatermarkData>;
	update(changes: WatermarkData): void;
}

/** Bounds of the seen events, see `TriggerState`. */
export interface SeenLimits {
	maxSeen: number;
	maxStored: number;
}

/** Events up to this time count as seen. It moves after each half of the stored events, to the newest before. */
export class Watermark {
	private initial: string | undefined;
	private recordedSinceLogRead = 0;

	constructor(
		private readonly store: Store,
		private readonly limits: SeenLimits = { maxSeen: MAX_SEEN, maxStored: MAX_SEEN_STORED },
	) {}

	/** The stored time, or the initial one while this process remembers all events since; empty for none. */
	get time(): string {
		const stored = this.store.data.seenUpTo;
		this.initial ??= stored;
		const remembersAll = this.recordedSinceLogRead < this.limits.maxSeen - this.batchSize;
		return (remembersAll ? this.initial : stored) ?? '';
	}

	/** False until the trigger has read the log for the first time. */
	get isStarted(): boolean {
		return this.store.data.seenUpTo !== undefined;
	}

	/** Starts at this time: earlier events are ignored. */
	startAt(time: string): void {
		const { newestEventAt = '' } = this.store.data;
		this.store.update({
			newestEventAt: newestEventAt > time ? newestEventAt : time,
			seenUpTo: time,
			seenUpToNext: time,
		});
	}

	/** Records an event that starts the workflow. @param time when it happened; undefined if unknown */
	recordEvent(time: string | undefined): void {
		const { seenUpTo, seenUpToNext, newestEventAt, eventsSince = 0 } = this.store.data;
		this.initial ??= seenUpTo;
		this.recordedSinceLogRead++;
		const isNewer = time !== undefined && time > (newestEventAt ?? '');
		const newest = isNewer ? time : newestEventAt;
		const isBatchFull = eventsSince + 1 >= this.batchSize;
		this.store.update({
			newestEventAt: newest,
			...(isBatchFull
				? { eventsSince: 0, seenUpTo: seenUpToNext, seenUpToNext: newest }
				: { eventsSince: eventsSince + 1 }),
		});
	}

	/** To be called when the log was read: events before that are not looked at again. */
	logWasRead(): void {
		this.recordedSinceLogRead = 0;
	}

	private get batchSize(): number {
		return this.limits.maxStored / 2;
	}
}
