import type { SandboxState } from '../server/SandboxState';
import type { Content, Html } from './html';

/** A lead as the page shows it. */
export interface LeadRow {
	/** Identifies the lead in links. */
	key: string;
	name: string;
	phone: string;
	id: string;
	/** Its campaign; for Close, its e-mail address. */
	group: string;
	status: string;
	/** True for a lead that must not be contacted any more. */
	isStopped: boolean;
	/** Epoch in milliseconds. */
	createdAt: number;
	/** All that the vendor has, as JSON. */
	record: unknown;
}

/** What an action did, in one sentence, and why no webhook was sent, if none was. */
export interface Done {
	what: string;
	ifSilent?: string;
}

/** An action of the page; the form's fields come from the browser. */
export type PageAction = (state: SandboxState, form: Record<string, string>) => Done;

/** What the page of one vendor has besides what all have. */
export interface VendorPage {
	/** The title of the column `group`. */
	groupTitle: string;
	/** All leads, oldest first. */
	rows(state: SandboxState): LeadRow[];
	/** The buttons of a lead; `query` is that of the page. */
	buttons(state: SandboxState, row: LeadRow, query: Record<string, string>): Content;
	/** What can happen at this vendor besides the buttons of a lead: forms. */
	forms(state: SandboxState, query: Record<string, string>): Html;
	/** Where its webhooks go, and how to change that. */
	listeners(state: SandboxState): Html;
	/** How to connect to it, without what is secret at a real vendor. */
	credential: ReadonlyArray<readonly [label: string, value: string]>;
	actions: Record<string, PageAction>;
}

/** The address of an action. */
export const actionPath = (vendor: string, action: string) => `/do/${vendor}/${action}`;
