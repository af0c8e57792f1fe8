import { createHash } from 'node:crypto';
import { isRecord, parseJson } from '../lib/guards';
import { loadParts, saveParts } from '../lib/storedParts';
import type { SandboxState } from '../server/SandboxState';
import { VENDOR_NAMES } from '../vendorNames';

/** Raise it when the data of an earlier version would be wrong, not when a setting is added. */
const SNAPSHOT_VERSION = 1;

const checksumOf = (data: unknown) =>
	createHash('sha256').update(JSON.stringify(data)).digest('hex');

/** The data of all vendors as JSON. Faults, limits, requests and pending webhooks are not in it. */
export function writeSnapshot(state: SandboxState): string {
	const parts = VENDOR_NAMES.map((vendor) => [vendor, saveParts(state[vendor].stored())] as const);
	const data = JSON.stringify(Object.fromEntries(parts));
	const checksum = createHash('sha256').update(data).digest('hex');
	return `{"version":${SNAPSHOT_VERSION},"checksum":"${checksum}","data":${data}}\n`;
}

/**
 * Loads what `writeSnapshot` returned. The checksum shows that this program wrote it, so the single records are not
 * checked again.
 * @throws an Error with the reason; the state may then be incomplete
 */
export function readSnapshot(state: SandboxState, text: string): void {
	const raw = parseJson(text);
	if (!isRecord(raw)) throw new Error('it is not JSON, or incomplete');
	if (raw.version !== SNAPSHOT_VERSION) {
		throw new Error(
			`it has version ${String(raw.version)}, and this sandbox reads ${SNAPSHOT_VERSION}`,
		);
	}
	const { data } = raw;
	if (!isRecord(data) || raw.checksum !== checksumOf(data)) {
		throw new Error('it was changed or damaged: its checksum is wrong');
	}
	for (const vendor of VENDOR_NAMES) loadParts(state[vendor].stored(), data[vendor]);
	state.close.restored();
}
