/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- the sandbox is a server, not a node */
import { existsSync } from 'node:fs';
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { SandboxState } from '../server/SandboxState';
import { readSnapshot, writeSnapshot } from './snapshot';

const MIN_PAUSE_MS = 1000;
/** A large state is written less often: writing takes a twentieth of the time at most. */
const PAUSE_PER_WRITE = 20;

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** The file that a sandbox's data survives a restart in. */
export class SnapshotFile {
	private timer: NodeJS.Timeout | undefined;
	private writing: Promise<void> = Promise.resolve();
	private pauseMs = MIN_PAUSE_MS;
	private hasFailed = false;

	/** `report` receives what the user must know, in one sentence. */
	constructor(
		private readonly path: string,
		private readonly state: SandboxState,
		private readonly report: (message: string) => void,
	) {}

	/** Loads the file, if there is one. A file that cannot be used is renamed and reported. */
	async load(): Promise<void> {
		if (!existsSync(this.path)) return;
		try {
			readSnapshot(this.state, await readFile(this.path, 'utf8'));
		} catch (error) {
			this.state.reset();
			const aside = `${this.path}.unreadable-${new Date().toISOString().replace(/\W/g, '')}`;
			await rename(this.path, aside);
			this.report(
				`The sandbox could not load its data from ${this.path}: ${messageOf(error)}. ` +
					`The file is now ${aside}, and the sandbox starts empty.`,
			);
		}
	}

	/** Call when the state may have changed: it is written soon, and once for many changes. */
	changed(): void {
		this.timer ??= setTimeout(() => {
			this.timer = undefined;
			this.writing = this.writing.then(async () => await this.write());
		}, this.pauseMs);
	}

	/** Writes the state for the last time. */
	async close(): Promise<void> {
		clearTimeout(this.timer);
		await this.writing;
		await this.write();
	}

	/** The file has either the old content or the new one, also when the process or the machine stops. */
	private async write(): Promise<void> {
		const started = performance.now();
		const next = `${this.path}.new`;
		try {
			await mkdir(dirname(this.path), { recursive: true });
			const file = await open(next, 'w');
			try {
				await file.writeFile(writeSnapshot(this.state));
				await file.sync();
			} finally {
				await file.close();
			}
			await rename(next, this.path);
			this.hasFailed = false;
		} catch (error) {
			if (!this.hasFailed) {
				this.report(`The sandbox could not save its data to ${this.path}: ${messageOf(error)}`);
			}
			this.hasFailed = true;
		}
		this.pauseMs = Math.max(MIN_PAUSE_MS, PAUSE_PER_WRITE * (performance.now() - started));
	}
}
