/* eslint-disable @n8n/community-nodes/no-restricted-imports -- waits between looks at a running server */
import { setTimeout as wait } from 'node:timers/promises';
import type { SandboxState } from '../../../sandbox';
import { assert } from '../checks';
import type { QuickStart } from '../../quickstart/environment';
import { difference } from './compare';
import { Runs } from './runs';
import type { TriggerFixture } from './stage';
import { TriggerWorkflow } from './workflow';

/** Between a webhook's answer and the end of its execution lies next to nothing. */
const soonMs = 30_000;
/** n8n polls once a minute. */
const nextPollMs = 90_000;
const lookEveryMs = 100;

/** A trigger's workflow in the running n8n, and the vendor that it listens to. */
export class TriggerHarness {
	/** Where n8n listens for the vendor; empty for a trigger that polls. */
	readonly url: string;
	/** The address that the vendor sends to, with the secret that may be in it. */
	address = '';

	private constructor(
		readonly stage: TriggerFixture,
		readonly workflow: TriggerWorkflow,
		readonly runs: Runs,
		editorUrl: string,
	) {
		const { path } = stage;
		this.url = path === undefined ? '' : `${editorUrl}/webhook/${workflow.webhookId}/${path}`;
	}

	static async set(stage: TriggerFixture, { n8n, editorUrl }: QuickStart): Promise<TriggerHarness> {
		stage.prepare?.();
		const workflow = await TriggerWorkflow.create(n8n, stage.name, stage.node);
		return new TriggerHarness(stage, workflow, new Runs(n8n, workflow), editorUrl);
	}

	get isPolling(): boolean {
		return this.stage.path === undefined;
	}

	async activate(): Promise<void> {
		await this.workflow.activate();
		this.stage.connect?.(this.url);
		this.address = this.stage.registeredAt?.(this.url) ?? this.url;
	}

	/** @throws Error unless exactly what the vendor has told of came out, and no execution failed */
	async mustBeComplete(): Promise<void> {
		const { stage, runs } = this;
		const expected = stage.expected();
		assert(expected.length > 0, 'the vendor had no news');
		await runs.waitUntil(
			() => runs.items.length >= expected.length,
			this.isPolling ? nextPollMs : soonMs,
		);
		const wrong = difference(runs.items, stage.expected(), stage.fields);
		assert(wrong === '', wrong);
		stage.check?.(runs.items);
	}

	/** @throws Error when an execution was started since */
	async mustHaveStartedNothing(since: number): Promise<void> {
		await this.runs.look();
		assert(this.runs.count === since, `${this.runs.count - since} executions too many`);
		await this.mustBeComplete();
	}
}

/** Waits until every webhook that is being sent was tried at least once. */
export async function allTried({ deliveries }: SandboxState): Promise<void> {
	while (deliveries.log.some(({ attempts }) => attempts.length === 0)) await wait(lookEveryMs);
}
