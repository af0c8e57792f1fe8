/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a test, which never runs inside n8n */
import { rmSync } from 'node:fs';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type * as Engine from '../support/engine';
import { build, filesOfPage, lint, packageWithVendor, RingwellServer } from './addingAVendor';
import { temporaryFolder } from './support';

/** docs/adding-a-vendor.md, followed in a copy of the package. */
describe('the vendor of docs/adding-a-vendor.md', () => {
	let folder = '';
	let files: string[] = [];
	let errors = '';
	let vendor: RingwellServer;

	beforeAll(async () => {
		folder = temporaryFolder();
		files = packageWithVendor(folder);
		errors = build(folder);
		vendor = await RingwellServer.start();
	}, 180_000);
	afterAll(async () => {
		await vendor.close();
		rmSync(folder, { recursive: true, force: true });
	});
	beforeEach(() => {
		for (const list of [vendor.accepted, vendor.stopped, vendor.requests, vendor.faults]) {
			list.length = 0;
		}
	});

	/** Runs the new node in n8n's engine; the engine is loaded once the copy is built. */
	async function run(operation: string, items: IDataObject[]): Promise<Engine.RunResult> {
		process.env.LEAD_DISPATCH_PACKAGE = folder;
		const engine = jest.requireActual<typeof Engine>('../support/engine');
		const parameters: INodeParameters = {
			resource: 'lead',
			operation,
			phoneNumber: '={{ $json.phone }}',
			contactName: '={{ $json.name }}',
		};
		return await engine.run({
			node: 'ringwell',
			parameters,
			items,
			credentials: { leadDispatchRingwellApi: { apiKey: 'ring', baseUrl: vendor.url } },
			settings: { onError: 'continueErrorOutput' },
		});
	}

	it('has credential, icons, vendor data, two operations, resource and node', () => {
		expect([...filesOfPage().keys()].sort()).toEqual([
			'credentials/LeadDispatchRingwellApi.credentials.ts',
			'icons/ringwell.dark.svg',
			'icons/ringwell.svg',
			'nodes/Ringwell/Ringwell.node.json',
			'nodes/Ringwell/Ringwell.node.ts',
			'nodes/Ringwell/actions/lead/create.operation.ts',
			'nodes/Ringwell/actions/lead/disable.operation.ts',
			'nodes/Ringwell/actions/lead/index.ts',
			'nodes/Ringwell/transport/vendor.ts',
		]);
	});

	it('compiles in strict mode', () => {
		expect(errors).toBe('');
	});

	it("passes n8n's linter without a warning", () => {
		const code = [...files.filter((file) => file.endsWith('.ts')), 'package.json'];
		expect(lint(folder, code)).toBe('');
	}, 180_000);

	it('waits for the rate limit, and creates no second contact after a lost response', async () => {
		vendor.faults.push('tooMany', 'lostResponse');
		const { items, errors: failed } = await run('create', [
			{ phone: '(206) 200-0001', name: 'Ann' },
			{ phone: 'n/a', name: 'Ben' },
			{ phone: '206-200-0002', name: 'Cai' },
			{ phone: '+1 206 200 0001', name: 'Ann again' },
		]);
		expect(items.map(({ json }) => [json.phoneNumber, json.outcome])).toEqual([
			['+12062000001', 'created'],
			['+12062000002', 'created'],
			['+12062000001', 'duplicate'],
		]);
		expect(failed.map(({ json }) => json.error)).toEqual([expect.stringContaining('Phone Number')]);
		expect([...vendor.accepted].sort()).toEqual(['+12062000001', '+12062000002']);
		expect(vendor.requests).toContain('GET /v1/contacts');
		expect(vendor.faults).toEqual([]);
	});

	it('distinguishes existing contacts from new ones', async () => {
		vendor.accepted.push('+12062000001');
		const { items } = await run('create', [{ phone: '2062000001' }, { phone: '2062000002' }]);
		expect(items.map(({ json }) => json.outcome)).toEqual(['duplicate', 'created']);
	});

	it('sends numbers in batches of 20', async () => {
		const phones = Array.from({ length: 45 }, (_, n) => `+1206200${String(1000 + n)}`);
		vendor.accepted.push(...phones.slice(0, 44));
		const { items } = await run(
			'disable',
			phones.map((phone) => ({ phone })),
		);
		expect(items.map(({ json }) => json.outcome)).toEqual([
			...phones.slice(0, 44).map(() => 'disabled'),
			'notFound',
		]);
		expect(vendor.requests).toEqual(['POST /v1/stop', 'POST /v1/stop', 'POST /v1/stop']);
		expect([...vendor.stopped].sort()).toEqual(phones.slice(0, 44));
	});
});
