import { changeStatus, changeStatusFields } from './campaignStatus';

export const description = changeStatusFields('start');

export const toolDescription =
	'Writes: starts an Autocalls campaign, given by its ID, and Autocalls will phone its leads. The outcome is "updated". Harmless to repeat.';

export const operation = changeStatus('start');
