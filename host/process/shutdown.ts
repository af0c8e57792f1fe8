/* eslint-disable @n8n/community-nodes/no-restricted-globals -- a command-line tool: it owns its process and answers its signals */
import './exitWithParent';
import { log } from './log';

/** An error that the reader can act on: shown as one sentence, without a stack trace. */
export class SetupError extends Error {
	override name = 'SetupError';
}

type Close = () => Promise<void> | void;

const closers: Close[] = [];
let closing: Promise<void> | undefined;

/** Registers a function that closes something; the last opened is closed first. */
export function onShutdown(close: Close): void {
	closers.push(close);
}

async function closeAll(): Promise<void> {
	for (const close of closers.splice(0).reverse()) {
		try {
			await close();
		} catch (error) {
			log(`  Error while stopping: ${messageOf(error)}`);
		}
	}
}

/** Closes everything that was opened; every caller after the first waits for the same run. */
export async function closeEverything(): Promise<void> {
	closing ??= closeAll();
	await closing;
}

/** The message of anything that was thrown. */
export function messageOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}

function report(error: unknown): void {
	if (error instanceof SetupError) log(error.message);
	else log(error instanceof Error ? (error.stack ?? error.message) : String(error));
}

async function quit(exitCode: number): Promise<never> {
	await closeEverything();
	process.exit(exitCode);
}

/**
 * Runs a command-line program so that nothing it started outlives it: not after its end, an error,
 * Ctrl-C, the terminal closing, or a SIGTERM to npm: npm passes it to its shell, which ends without
 * passing it on, so this process watches the shell (`./exitWithParent`).
 */
export function runProgram(main: () => Promise<number>): void {
	const crash = (error: unknown) => {
		report(error);
		void quit(1);
	};
	process.on('uncaughtException', crash);
	process.on('unhandledRejection', crash);
	for (const [signal, exitCode] of [
		['SIGINT', 130],
		['SIGTERM', 143],
		['SIGHUP', 129],
	] as const) {
		process.on(signal, () => {
			if (closing === undefined) log('\nStopping ...');
			void quit(exitCode);
		});
	}
	main().then(quit, crash);
}
