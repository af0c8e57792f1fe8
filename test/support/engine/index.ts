/** n8n's engine around the built package: run a node, fill a drop-down, test a credential. */
export { additionalData } from './additionalData';
export { loadPackage, nodeType, registerNode } from './packages';
export { processedStore } from './sharedProcessedStore';
export { run } from './run';
export type { RunOptions, RunResult } from './run';
export type { StoredCredentials } from './TestCredentials';
