/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- finds programs on this machine, and says as whom they are to run */
import {
	accessSync,
	chownSync,
	constants,
	existsSync,
	mkdtempSync,
	readdirSync,
	rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { run } from '../../process/processTree';
import { SetupError, onShutdown } from '../../process/shutdown';

const debianFolder = '/usr/lib/postgresql';

function isProgram(path: string): boolean {
	try {
		accessSync(path, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}

/** Debian keeps PostgreSQL's server programs out of PATH, in a folder for each version. */
function foldersWithPrograms(): string[] {
	const versions = existsSync(debianFolder) ? readdirSync(debianFolder) : [];
	const newestFirst = versions.sort((a, b) => Number(b) - Number(a));
	return [
		...(process.env.PATH ?? '').split(delimiter),
		...newestFirst.map((version) => join(debianFolder, version, 'bin')),
	];
}

/** The full path of a program, or undefined where it is not installed. */
export function findProgram(name: string): string | undefined {
	return foldersWithPrograms()
		.map((folder) => join(folder, name))
		.find(isProgram);
}

/** The programs that the test needs. @throws CannotGoOn saying how to install those that are missing */
export function requirePrograms(): { initdb: string; postgres: string; redis: string } {
	const [initdb, postgres, redis] = ['initdb', 'postgres', 'redis-server'].map(findProgram);
	if (initdb !== undefined && postgres !== undefined && redis !== undefined) {
		return { initdb, postgres, redis };
	}
	const missing = [
		...(initdb === undefined || postgres === undefined ? ['postgresql'] : []),
		...(redis === undefined ? ['redis-server'] : []),
	];
	throw new SetupError(
		`The queue test needs PostgreSQL and Redis on this machine, and starts its own. Install what is missing:\n` +
			`  Debian, Ubuntu:  sudo apt-get install -y ${missing.join(' ')}\n` +
			`  macOS:           brew install ${missing.join(' ').replace('redis-server', 'redis')}`,
	);
}

/** A user for programs that refuse to run as root; undefined when this process is not root. */
interface PlainUser {
	uid: number;
	gid: number;
}

async function idOf(user: string, flag: '-u' | '-g'): Promise<number | undefined> {
	const { exitCode, output } = await run('id', [flag, user], { cwd: '/' });
	return exitCode === 0 ? Number(output.trim()) : undefined;
}

async function plainUser(): Promise<PlainUser | undefined> {
	if (process.getuid?.() !== 0) return undefined;
	for (const name of ['postgres', 'nobody']) {
		const [uid, gid] = [await idOf(name, '-u'), await idOf(name, '-g')];
		if (uid !== undefined && gid !== undefined) return { uid, gid };
	}
	throw new SetupError(
		'PostgreSQL does not run as root, and there is no user `nobody` to run it as.',
	);
}

/** Starts programs as an ordinary user, who owns a folder for their data. */
export class DataFolder {
	private constructor(
		readonly path: string,
		private readonly user: PlainUser | undefined,
		private readonly setpriv: string | undefined,
	) {}

	/** Makes the folder, in the system's place for such: root's own folders are closed to others. */
	static async make(): Promise<DataFolder> {
		const user = await plainUser();
		const setpriv = findProgram('setpriv');
		if (user !== undefined && setpriv === undefined) {
			throw new SetupError(
				'As root, `setpriv` (util-linux) is needed to run PostgreSQL as another user.',
			);
		}
		const path = mkdtempSync(join(tmpdir(), 'lead-dispatch-queue-'));
		if (user !== undefined) chownSync(path, user.uid, user.gid);
		onShutdown(() => rmSync(path, { recursive: true, force: true }));
		return new DataFolder(path, user, setpriv);
	}

	/**
	 * The command line that runs a program as that user. Where the system can (Linux), it also ends the
	 * program by the signal should this process be killed outright.
	 */
	command(program: string, args: string[], endBy: 'INT' | 'TERM'): [string, string[]] {
		if (this.setpriv === undefined) return [program, args];
		const as =
			this.user === undefined
				? []
				: [`--reuid=${this.user.uid}`, `--regid=${this.user.gid}`, '--clear-groups'];
		return [this.setpriv, [...as, `--pdeathsig=${endBy}`, program, ...args]];
	}
}
