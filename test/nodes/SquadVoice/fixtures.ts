import { squadVoiceAccounts } from '../../../sandbox';

/** The campaign as the node stores it. */
export const campaign = (value: string, mode = 'id') => ({ campaign: { __rl: true, mode, value } });

/** Credential of an affiliate account. */
export const affiliate = {
	accountKind: 'affiliate',
	affiliateId: 'C457F',
	accessToken: squadVoiceAccounts.affiliate.token,
};

/** Credential of an account with API v4. */
export const v4 = { apiVersion: 'v4', accessToken: squadVoiceAccounts.v4.token };

/** An item that fits a campaign of the Indian market and of API v4. */
export const indianLead = { id: 'uniqueleadid1', phone: '98995 50412', name: 'John Doe' };
