import { aktifyAccounts } from '../../../sandbox';
import type { Sandbox } from '../../../sandbox';
import { leads } from '../../support/fixtures';
import type { Write } from '../write';

const { key, campaign } = aktifyAccounts.one;

const vendor = {
	vendor: 'aktify',
	node: 'aktify',
	reconciledBy: ['resend'],
	credentials: ({ url }: Sandbox) => ({
		leadDispatchAktifyApi: { baseUrl: `${url}/aktify`, apiKey: key },
	}),
	prepare: (_world: unknown, count: number) => leads(count),
} as const;

const about = { resource: 'lead', phoneNumber: '={{ $json.phone }}' };

export const aktifyWrites: Write[] = [
	{
		...vendor,
		name: 'Aktify create',
		parameters: { ...about, operation: 'create', state: '={{ $json.state }}' },
		countWrites: ({ aktify }, items) =>
			items.map(({ phone }) => aktify.find(campaign, String(phone))?.arrivals ?? 0),
	},
	{
		...vendor,
		name: 'Aktify disable',
		parameters: { ...about, operation: 'disable' },
		isBatched: true,
		countWrites: ({ aktify }, items) =>
			items.map(({ phone }) => Number(aktify.ended.has(`${campaign}|${String(phone)}`))),
	},
];
