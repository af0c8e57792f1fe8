import type { INode, INodeParameters } from 'n8n-workflow';
import { closeAccounts } from '../../sandbox/vendors/close/accounts';
import { loadPackage } from '../../test/support/engine';
import type { RunContestant } from '../cases/case';
import { customFields } from '../cases/leads';
import { packageFolder } from '../paths';
import { engineRun } from './engineRun';

const peer = '@crm-kraft/n8n-nodes-close';
let loaded: Promise<void> | undefined;

function work(
	parameters: INodeParameters,
	settings: Partial<INode> = {},
	onlyFirst = false,
): RunContestant {
	return async ({ items }) => {
		await (loaded ??= loadPackage(packageFolder(peer)));
		return await engineRun({
			node: `${peer}.close`,
			parameters,
			settings,
			items: onlyFirst ? items.slice(0, 1) : items,
			credentials: { closeApi: { apiKey: closeAccounts.one.key } },
		});
	};
}

/** Creates leads, one after the other: it has no other way. */
export const closeCreate = (settings: Partial<INode> = {}) =>
	work(
		{
			resource: 'lead',
			operation: 'create',
			companyName: '={{ $json.name }}',
			additionalFields: {
				contact_name: '={{ $json.name }}',
				contact_phone: '={{ $json.phone }}',
			},
			customFields: {
				mappingMode: 'defineBelow',
				value: Object.fromEntries(
					customFields.map(({ id, name }) => [id, `={{ $json['${name}'] }}`]),
				),
			},
		},
		settings,
	);

export const closeGetAll = work(
	{ resource: 'lead', operation: 'getAll', returnAll: true },
	{},
	true,
);
