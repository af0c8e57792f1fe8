/** Jest transform of node_modules: Node's own loader loads each module, once per worker (see `environment.ts`). */
module.exports = {
	process: (_source, file) => ({
		code: `module.exports = globalThis.loadOncePerWorker(${JSON.stringify(file)});`,
	}),
	getCacheKey: (_source, file) => file,
};
