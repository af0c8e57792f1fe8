/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions -- opens the user's browser */
import { spawn } from 'node:child_process';

const OPENERS: Partial<Record<NodeJS.Platform, [string, ...string[]]>> = {
	darwin: ['open'],
	win32: ['cmd', '/c', 'start', ''],
	linux: ['xdg-open'],
};

/** Opens an address in the user's browser if this is an interactive terminal. */
export function openInBrowser(url: string): void {
	const isInteractive = process.stdout.isTTY && process.env.CI === undefined;
	const opener = OPENERS[process.platform];
	if (!isInteractive || opener === undefined) return;
	const [command, ...args] = opener;
	// The address is printed as well, so an error is ignored.
	spawn(command, [...args, url], { stdio: 'ignore', detached: true })
		.on('error', () => undefined)
		.unref();
}
