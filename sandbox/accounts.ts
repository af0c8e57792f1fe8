/** The accounts of the sandbox, for processes that talk to it: importing them loads no server. */
export { aktifyAccounts } from './vendors/aktify/accounts';
export { closeAccounts, closeAuthorization, closeFields } from './vendors/close/accounts';
export { squadVoiceAccounts } from './vendors/squadVoice/accounts';
