/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- tests run outside of n8n */
import 'reflect-metadata';
import path from 'node:path';
import { PackageDirectoryLoader, UnrecognizedNodeTypeError } from 'n8n-core';
import type { ICredentialType, INodeType } from 'n8n-workflow';

/** The folder of the package under test: this one, or a copy of it. */
export const PACKAGE_FOLDER =
	process.env.LEAD_DISPATCH_PACKAGE ?? path.resolve(__dirname, '../../..');
export const PACKAGE_NAME = 'n8n-nodes-lead-dispatch';

/** n8n's own loaders, by the name of the package that each has loaded. */
const loaders = new Map<string, PackageDirectoryLoader>();
/** Nodes that are in no package, by type. */
const registered = new Map<string, INodeType>();
let own: Promise<void> | undefined;

/** Loads the built package, once. */
export async function loadOwnPackage(): Promise<void> {
	return await (own ??= loadPackage(PACKAGE_FOLDER));
}

/** Loads a package as n8n does: all that its package.json names, or `only` these files of it. */
export async function loadPackage(
	folder: string,
	only?: { nodes: string[]; credentials: string[] },
): Promise<void> {
	const loader = new PackageDirectoryLoader(folder);
	loaders.set(loader.packageName, loader);
	if (only === undefined) return await loader.loadAll();
	for (const file of only.nodes) loader.loadNodeFromFile(file);
	for (const file of only.credentials) loader.loadCredentialFromFile(file);
}

/** Registers a node that is in no package, under a type with a dot in it, such as `test.source`. */
export function registerNode(type: string, node: INodeType): void {
	registered.set(type, node);
}

/** A node type as workflows name it, such as `n8n-nodes-base.httpRequest`. @throws if it was not loaded */
export function loadedNode(type: string, version?: number): INodeType {
	const extra = registered.get(type);
	if (extra !== undefined) return extra;
	const dot = type.lastIndexOf('.');
	const [packageName, name] = [type.slice(0, dot), type.slice(dot + 1)];
	const known = loaders.get(packageName)?.nodeTypes[name]?.type;
	if (known === undefined) throw new UnrecognizedNodeTypeError(packageName, name);
	return 'nodeVersions' in known ? known.getNodeType(version) : known;
}

/** A credential type of any loaded package. @throws if none has it */
export function loadedCredential(typeName: string): ICredentialType {
	for (const { credentialTypes } of loaders.values()) {
		const known = credentialTypes[typeName]?.type;
		if (known !== undefined) return known;
	}
	throw new Error(`No loaded package has the credential type ${typeName}.`);
}

/** A node type of the package under test, such as `close`. */
export async function nodeType(name: string): Promise<INodeType> {
	await loadOwnPackage();
	return loadedNode(`${PACKAGE_NAME}.${name}`);
}

/** A credential type of the package under test. */
export async function credentialType(typeName: string): Promise<ICredentialType> {
	await loadOwnPackage();
	return loadedCredential(typeName);
}
