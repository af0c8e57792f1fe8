/* eslint-disable @n8n/community-nodes/no-restricted-imports -- waits between looks at a running server */
import { setTimeout as wait } from 'node:timers/promises';
import type { SandboxState } from '../../../sandbox';
import { assert } from '../checks';
import type { QuickStart } from '../../quickstart/environment';
import { difference } from '../difference';
import { Executions } from './Executions';
import type { TriggerFixture } from './TriggerFixture';
import { TriggerWorkflow } from './TriggerWorkflow';

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
		readonly fixture: TriggerFixture,
		readonly workflow: TriggerWorkflow,
		readonly executions: Executions,
		editorUrl: string,
	) {
		const { path } = fixture;
		this.url = path === undefined ? '' : `${editorUrl}/webhook/${workflow.webhookId}/${path}`;
	}

	static async set(
		fixture: TriggerFixture,
		{ n8n, editorUrl }: QuickStart,
	): Promise<TriggerHarness> {
		fixture.prepare?.();
		const workflow = await TriggerWorkflow.create(n8n, fixture.name, fixture.node);
		return new TriggerHarness(fixture, workflow, new Executions(n8n, workflow), editorUrl);
	}

	get isPolling(): boolean {
		return this.fixture.path === undefined;
	}

	async activate(): Promise<void> {
		await this.workflow.activate();
		this.fixture.connect?.(this.url);
		this.address = this.fixture.registeredAt?.(this.url) ?? this.url;
	}

	/** @throws Error unless exactly what the vendor has told of came out, and no execution failed */
	async assertComplete(): Promise<void> {
		const { fixture, executions } = this;
		const expected = fixture.expected();
		assert(expected.length > 0, 'the vendor had no news');
		await executions.waitUntil(
			() => executions.items.length >= expected.length,
			this.isPolling ? nextPollMs : soonMs,
		);
		const wrong = difference(executions.items, fixture.expected(), fixture.fields);
		assert(wrong === '', wrong);
		fixture.check?.(executions.items);
	}

	/** @throws Error when an execution was started since */
	async assertNothingStarted(since: number): Promise<void> {
		await this.executions.look();
		assert(this.executions.count === since, `${this.executions.count - since} executions too many`);
		await this.assertComplete();
	}
}

/** Waits until every webhook that is being sent was tried at least once. */
export async function allTried({ deliveries }: SandboxState): Promise<void> {
	while (deliveries.log.some(({ attempts }) => attempts.length === 0)) await wait(lookEveryMs);
}
