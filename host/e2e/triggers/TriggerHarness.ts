/* eslint-disable @n8n/community-nodes/no-restricted-imports -- polls a running server */
import { setTimeout as wait } from 'node:timers/promises';
import type { SandboxState } from '../../../sandbox';
import { assert } from '../checks';
import type { QuickStart } from '../../quickstart/environment';
import { difference } from '../difference';
import { Executions } from './Executions';
import type { TriggerFixture } from './TriggerFixture';
import { TriggerWorkflow } from './TriggerWorkflow';

/** How long an execution may take to end after the response to its webhook. */
const EXECUTION_TIMEOUT_MS = 30_000;
/** n8n polls once a minute. */
const NEXT_POLL_TIMEOUT_MS = 90_000;
const POLL_INTERVAL_MS = 100;

/** A trigger's workflow in the running n8n, with its fixture at the vendor. */
export class TriggerHarness {
	/** The webhook's address in n8n; empty for a trigger that polls. */
	readonly url: string;
	/** The address that the vendor sends to, including the secret if it has one. */
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

	/** @param allowsCrashes whether an execution may have been under way when n8n was killed */
	static async create(
		fixture: TriggerFixture,
		{ n8n, editorUrl }: Pick<QuickStart, 'n8n' | 'editorUrl'>,
		allowsCrashes = false,
	): Promise<TriggerHarness> {
		fixture.prepare?.();
		const workflow = await TriggerWorkflow.create(n8n, fixture.name, fixture.node);
		const executions = new Executions(n8n, workflow, allowsCrashes);
		return new TriggerHarness(fixture, workflow, executions, editorUrl);
	}

	get isPolling(): boolean {
		return this.fixture.path === undefined;
	}

	async publish(): Promise<void> {
		await this.workflow.publish();
		this.connect();
	}

	/** Lets the vendor send to a workflow that is published. @throws Error unless it is registered at the vendor */
	connect(): void {
		if (this.address === '') this.fixture.connect?.(this.url);
		this.address = this.fixture.registeredAt?.(this.url) ?? this.url;
	}

	/** @throws Error unless the trigger output exactly the vendor's events, and no execution failed */
	async assertComplete(): Promise<void> {
		const { fixture, executions } = this;
		const expected = fixture.expected();
		assert(expected.length > 0, 'the vendor had no events');
		await executions.waitUntil(
			() => executions.items.length >= expected.length,
			this.isPolling ? NEXT_POLL_TIMEOUT_MS : EXECUTION_TIMEOUT_MS,
		);
		const wrong = difference(executions.items, fixture.expected(), fixture.fields);
		assert(wrong === '', wrong);
		fixture.check?.(executions.items);
	}

	/** @throws Error when there are more executions than `since` */
	async assertNothingStarted(since: number): Promise<void> {
		await this.executions.refresh();
		assert(
			this.executions.count === since,
			`${this.executions.count - since} unexpected executions`,
		);
		await this.assertComplete();
	}
}

/** Waits until every webhook has been attempted at least once. */
export async function waitForFirstAttempts({ deliveries }: SandboxState): Promise<void> {
	while (deliveries.log.some(({ attempts }) => attempts.length === 0)) await wait(POLL_INTERVAL_MS);
}
