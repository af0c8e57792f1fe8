/* eslint-disable @n8n/community-nodes/no-restricted-globals -- a command-line tool: it owns its process and answers its signals */
import { whenNpmIsGone } from './npmWatchdog';
import { log } from './log';

/** An end that the reader can act on: told in one sentence, without a stack. */
export class SetupError extends Error {
	override name = 'CannotGoOn';
}

type Close = () => Promise<void> | void;

const closers: Close[] = [];
let closing: Promise<void> | undefined;

/** Remembers how to close something; the last opened is closed first. */
export function onShutdown(close: Close): void {
	closers.push(close);
}

async function closeAll(): Promise<void> {
	for (const close of closers.splice(0).reverse()) {
		try {
			await close();
		} catch (error) {
			log(`  could not close everything cleanly: ${messageOf(error)}`);
		}
	}
}

/** Closes everything that was opened, once, whoever asks first. */
export async function closeEverything(): Promise<void> {
	closing ??= closeAll();
	await closing;
}

export function messageOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}

function tell(error: unknown): void {
	if (error instanceof SetupError) log(error.message);
	else log(error instanceof Error ? (error.stack ?? error.message) : String(error));
}

async function quit(exitCode: number): Promise<never> {
	await closeEverything();
	process.exit(exitCode);
}

/**
 * Runs a command-line program so that nothing it started outlives it: not after its end, an error,
 * Ctrl-C, or the terminal going away.
 */
export function runProgram(main: () => Promise<number>): void {
	const crashed = (error: unknown) => {
		tell(error);
		void quit(1);
	};
	process.on('uncaughtException', crashed);
	process.on('unhandledRejection', crashed);
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
	whenNpmIsGone(() => void quit(143));
	main().then(quit, crashed);
}
