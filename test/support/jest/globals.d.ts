/** Loads a module as Node does, outside of Jest's module registry: the instance that n8n loads, too. */
declare function loadOncePerWorker(file: string): unknown;
