/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- tests run outside of n8n */
import path from 'node:path';
import vm from 'node:vm';
import type { JestEnvironmentConfig } from '@jest/environment';
import { ModernFakeTimers } from '@jest/fake-timers';
import { ModuleMocker } from 'jest-mock';

/** Stands for "this realm" where Jest expects a vm context. */
const THIS_REALM = vm.createContext({});
const compileFunction = vm.compileFunction;
vm.compileFunction = (code, parameters, options) =>
	options?.parsingContext === THIS_REALM
		? compileFunction(code, parameters, { ...options, parsingContext: undefined })
		: compileFunction(code, parameters, options);

/**
 * Runs tests in the worker's own realm instead of a vm context, so that all test files of a worker share
 * one n8n (see `thirdParty.cjs`): loading it takes 2 s of CPU time. Everything else is as isolated as
 * usual: each file has its own modules, and globals, `process.env` and the built package are restored after it.
 */
export default class SharedRealmEnvironment {
	readonly global = globalThis;
	readonly moduleMocker = new ModuleMocker(globalThis);
	readonly fakeTimers = null;
	readonly fakeTimersModern: ModernFakeTimers;
	private readonly globals = descriptorsOf(globalThis);
	private readonly env = { ...process.env };
	private readonly exit = process.exit;
	private readonly loaded = new Set(Object.keys(require.cache));
	private isOpen = true;

	constructor({ projectConfig }: JestEnvironmentConfig) {
		this.fakeTimersModern = new ModernFakeTimers({ config: projectConfig, global: globalThis });
		Object.assign(globalThis, { loadOncePerWorker: require });
		const { closeOmitsDeprecatedFields } = projectConfig.testEnvironmentOptions;
		if (closeOmitsDeprecatedFields === true) process.env.CLOSE_OMITS_DEPRECATED_FIELDS = 'true';
	}

	async setup(): Promise<void> {}

	async teardown(): Promise<void> {
		this.fakeTimersModern.dispose();
		this.isOpen = false;
		for (const key of Reflect.ownKeys(globalThis)) {
			if (!this.globals.has(key)) Reflect.deleteProperty(globalThis, key);
		}
		for (const [key, descriptor] of this.globals) {
			if (descriptor.configurable === true || descriptor.writable === true) {
				Object.defineProperty(globalThis, key, descriptor);
			}
		}
		// Jest wraps it for each file.
		process.exit = this.exit;
		for (const name of Object.keys(process.env)) if (!(name in this.env)) delete process.env[name];
		Object.assign(process.env, this.env);
		// The nodes keep state per process, such as rate limiters: the next file loads them again.
		for (const file of Object.keys(require.cache)) {
			if (!this.loaded.has(file) && !isThirdParty(file)) delete require.cache[file];
		}
	}

	exportConditions(): string[] {
		return ['node', 'node-addons'];
	}

	getVmContext(): vm.Context | null {
		return this.isOpen ? THIS_REALM : null;
	}
}

function isThirdParty(file: string): boolean {
	return file.includes(`${path.sep}node_modules${path.sep}`);
}

function descriptorsOf(value: object): Map<string | symbol, PropertyDescriptor> {
	const keys = Reflect.ownKeys(value);
	return new Map(
		keys.map((key) => [key, Reflect.getOwnPropertyDescriptor(value, key) ?? {}] as const),
	);
}
