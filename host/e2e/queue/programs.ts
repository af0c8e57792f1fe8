/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- finds programs on this machine and the user to run them as */
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

const DEBIAN_FOLDER = '/usr/lib/postgresql';

function isProgram(path: string): boolean {
	try {
		accessSync(path, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}

/** Debian installs PostgreSQL's server programs outside PATH, in a folder per version. */
function foldersWithPrograms(): string[] {
	const versions = existsSync(DEBIAN_FOLDER) ? readdirSync(DEBIAN_FOLDER) : [];
	const newestFirst = versions.sort((a, b) => Number(b) - Number(a));
	return [
		...(process.env.PATH ?? '').split(delimiter),
		...newestFirst.map((version) => join(DEBIAN_FOLDER, version, 'bin')),
	];
}

/** The full path of a program, or undefined where it is not installed. */
function findProgram(name: string): string | undefined {
	return foldersWithPrograms()
		.map((folder) => join(folder, name))
		.find(isProgram);
}

/** The programs that the test needs. @throws SetupError with the commands that install missing ones */
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
		`The queue test starts its own PostgreSQL and Redis. Install what is missing:\n` +
			`  Debian, Ubuntu:  sudo apt-get install -y ${missing.join(' ')}\n` +
			`  macOS:           brew install ${missing.join(' ').replace('redis-server', 'redis')}`,
	);
}

/** A user for programs that refuse to run as root. */
interface UnprivilegedUser {
	uid: number;
	gid: number;
}

async function idOf(user: string, flag: '-u' | '-g'): Promise<number | undefined> {
	const { exitCode, output } = await run('id', [flag, user], { cwd: '/' });
	return exitCode === 0 ? Number(output.trim()) : undefined;
}

/** Undefined when this process is not root. @throws SetupError without such a user */
async function findUnprivilegedUser(): Promise<UnprivilegedUser | undefined> {
	if (process.getuid?.() !== 0) return undefined;
	for (const name of ['postgres', 'nobody']) {
		const [uid, gid] = [await idOf(name, '-u'), await idOf(name, '-g')];
		if (uid !== undefined && gid !== undefined) return { uid, gid };
	}
	throw new SetupError(
		'PostgreSQL does not run as root, and there is no user `nobody` to run it as.',
	);
}

/** A data folder for programs, and the unprivileged user who owns it and runs them. */
export class DataFolder {
	private constructor(
		readonly path: string,
		private readonly user: UnprivilegedUser | undefined,
		private readonly setpriv: string | undefined,
	) {}

	/** Creates the folder in the system's temporary folder: root's own are closed to other users. */
	static async make(): Promise<DataFolder> {
		const user = await findUnprivilegedUser();
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
	 * The command line that runs a program as that user. On Linux it also sends the signal to the
	 * program when this process is gone (`setpriv --pdeathsig`).
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
