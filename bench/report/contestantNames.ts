/** The names of the contestants in results.json. */
export const contestantNames = {
	ours: 'ours',
	oursNoSearch: 'ours, Create Anyway',
	oursMapped: 'ours, Create Anyway, mapped automatically',
	peer: 'crm-kraft',
	peerGoesOn: 'crm-kraft, On Error: Continue',
	peerRetries: 'crm-kraft, Retry On Fail',
	plain: 'HTTP Request',
	batched: 'HTTP Request, batches',
	bare: 'bare loop',
	bareSearch: 'bare loop, with search',
	undici: 'undici, keep-alive',
	nothing: 'a node that does nothing',
	empty: 'an empty package',
} as const;
