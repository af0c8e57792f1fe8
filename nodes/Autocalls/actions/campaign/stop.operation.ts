import { changeStatus, changeStatusFields } from './campaignStatus';

export const description = changeStatusFields('stop');

export const toolDescription =
	'Writes: stops an Autocalls campaign, given by its ID; its leads are not called until it is started again. The outcome is "updated". Harmless to repeat.';

export const operation = changeStatus('stop');
