import type { INode, INodeParameters } from 'n8n-workflow';
import { closeAccounts } from '../../sandbox/accounts';
import { loadPackage } from '../../test/support/engine';
import type { RunContestant } from '../cases/case';
import { customFields } from '../cases/leads';
import { packageFolder } from '../paths';
import { engineRun } from './engineRun';

const PEER_PACKAGE = '@crm-kraft/n8n-nodes-close';
let loaded: Promise<void> | undefined;

function runNode(
	parameters: INodeParameters,
	settings: Partial<INode> = {},
	isSingleItem = false,
): RunContestant {
	return async ({ items }) => {
		await (loaded ??= loadPackage(packageFolder(PEER_PACKAGE)));
		return await engineRun({
			node: `${PEER_PACKAGE}.close`,
			parameters,
			settings,
			items: isSingleItem ? items.slice(0, 1) : items,
			credentials: { closeApi: { apiKey: closeAccounts.one.key } },
		});
	};
}

/** Creates leads one after the other: the package has no other mode. */
export const closeCreate = (settings: Partial<INode> = {}) =>
	runNode(
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

/** Gets all leads of Close. */
export const closeGetAll = runNode(
	{ resource: 'lead', operation: 'getAll', returnAll: true },
	{},
	true,
);
