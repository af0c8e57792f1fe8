import type { IDataObject } from 'n8n-workflow';
import { ApiClient } from './ApiClient';
import { buildUrl, type ApiRequest, type ApiResponse } from './request';
import type { AccountConfig } from './vendor';

/** A request as it would have been sent. */
export interface RecordedRequest {
	method: string;
	url: string;
	body: IDataObject | IDataObject[] | undefined;
}

/** A client that sends nothing: it records each request and returns an empty success. For Preview Only. */
export class RecordingClient<A extends AccountConfig = AccountConfig> extends ApiClient<A> {
	readonly requests: RecordedRequest[] = [];

	/** A recording client for the same account. */
	static of<A extends AccountConfig>({ options }: ApiClient<A>): RecordingClient<A> {
		return new RecordingClient(options);
	}

	/** @throws InvalidInputError for a path segment that cannot be an ID */
	override async request(request: ApiRequest): Promise<ApiResponse> {
		const { method, body } = request;
		this.requests.push({ method, url: buildUrl(this.account.baseUrl, request), body });
		return { status: 200, body: undefined, afterLostResponse: false, answeredAt: undefined };
	}

	override withPriorAttempt(): RecordingClient<A> {
		return this;
	}
}
